import type { GeometrySet } from '../../../src/fit/data/geometry-set.js';
import type { FitNetworkConfig, NetworkTarget } from '../../../src/fit/network/fit-config.js';
import type { FitPredictor } from '../../../src/fit/network/predictor.js';
import { widthInMemory } from '../../../src/fit/quantity.js';

/** A target of a network, an energy but for what is said. */
export const networkTarget = (change: Partial<NetworkTarget> = {}): NetworkTarget => ({
  name: 'energy',
  column: 'energy',
  of: 'graph',
  order: 0,
  symmetry: 'none',
  extensive: true,
  moment: false,
  unit: 'eV',
  widthInFiles: 1,
  voigt: false,
  scale: 1,
  ...change,
});

export const forcesTarget = networkTarget({
  ...{ name: 'forces', column: 'forces', of: 'node', order: 1, extensive: false, unit: 'eV/Å', widthInFiles: 3 },
  gradientOf: 'energy',
});

/** Predicts numbers by their place: of a geometry the mean of its x, of an atom its number in the geometry. */
export function placePredictor(targets: readonly NetworkTarget[]) {
  const calls: number[] = [];
  const config: FitNetworkConfig = { model: 'lofnet', encoder: {}, species: ['H'], length: 'Å', targets, inputs: [] };
  const predictor: FitPredictor = {
    config,
    async predict(set) {
      calls.push(set.sizes.length);
      return Object.fromEntries(targets.map((target) => [target.name, numbersOf(set, target)]));
    },
    close: async () => undefined,
  };
  return { predictor, calls };
}

function numbersOf({ sizes, first, positions }: GeometrySet, target: NetworkTarget): Float64Array {
  const width = widthInMemory(target);
  const rows = [...sizes].flatMap((size, k) => {
    const xs = Array.from({ length: size }, (_, atom) => positions[3 * (first[k] + atom)]);
    return target.of === 'graph' ? [xs.reduce((a, b) => a + b, 0) / size] : xs.map((_, atom) => atom + 1);
  });
  return Float64Array.from(rows.flatMap((row) => new Array<number>(width).fill(row)));
}
