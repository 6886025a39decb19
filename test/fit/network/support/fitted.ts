import type { Geometry } from '../../../../src/fit/data/geometry.js';
import { geometrySet } from '../../../../src/fit/data/geometry-builder.js';
import type { FitNetworkConfig, NetworkTarget } from '../../../../src/fit/network/fit-config.js';
import { FitNetwork } from '../../../../src/fit/network/fit-network.js';
import { type FitPredictor, openFitPredictor } from '../../../../src/fit/network/predictor.js';
import { type ResolvedInput, widthInMemory } from '../../../../src/fit/quantity.js';
import { Rng } from '../../../../src/random/generator.js';
import { openRuntime } from '../../../../src/runtime/open-runtime.node.js';
import { livelyWeights } from '../../../../src/testing/lively-weights.js';

/** A target, a scalar of graphs unless told otherwise. */
export function target(name: string, kind: Partial<NetworkTarget> = {}): NetworkTarget {
  const whole = { of: 'graph', order: 0, symmetry: 'none', extensive: true, moment: false, ...kind } as const;
  return { name, column: name, unit: '1', scale: 1, voigt: false, widthInFiles: widthInMemory(whole), ...whole };
}

export const energy = target('energy');
export const forces = target('forces', { of: 'node', order: 1, extensive: false, gradientOf: 'energy' });
export const dipole = target('dipole', { order: 1, moment: true });
export const quadrupole = target('quadrupole', { order: 2, symmetry: 'traceless', moment: true });

/** A further input. */
export const furtherInput = (name: string, of: 'graph' | 'node', order: 0 | 1): ResolvedInput => ({
  name,
  column: name,
  of,
  order,
  unit: '1',
});

/** A small network, described. */
export const fitConfig = (
  model: string,
  encoder: Readonly<Record<string, unknown>> = {},
  more: Partial<FitNetworkConfig> = {},
): FitNetworkConfig => ({
  model,
  encoder: { hidden: 16, layers: 2, cutoff: 5, ...encoder },
  species: ['H', 'C', 'O'],
  length: 'Å',
  targets: [energy, forces],
  inputs: [],
  ...more,
});

/** What a network of random weights predicts. */
export interface Fitted {
  readonly network: FitNetwork;
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly predictor: FitPredictor;
  /** What it predicts of geometries. */
  predict(...geometries: Omit<Geometry, 'source'>[]): ReturnType<FitPredictor['predict']>;
}

/** Opens a network with random weights. */
export async function openFitted(config: FitNetworkConfig, seed = 1): Promise<Fitted> {
  const network = new FitNetwork(config);
  const weights = livelyWeights(network.parameters, Rng.fromSeed(seed));
  const predictor = await openFitPredictor(await openRuntime(), network, weights);
  const predict = (...geometries: Omit<Geometry, 'source'>[]) =>
    predictor.predict(geometrySet(geometries.map((geometry) => ({ ...geometry, source: { file: 'the test' } }))));
  return { network, weights, predictor, predict };
}

/** Atoms of random species at random places, at least 0.9 from each other, in a ball that holds them loosely. */
export function randomGeometry(rng: Rng, atoms: number): { species: string[]; positions: Float64Array } {
  const positions = new Float64Array(3 * atoms);
  for (let k = 0; k < atoms; ) {
    const place = rng.fillUniform(new Float64Array(3), -1, 1).map((x) => x * 1.3 * Math.cbrt(atoms));
    const isNear = Array.from({ length: k }, (_, j) =>
      Math.hypot(...[0, 1, 2].map((axis) => place[axis] - positions[3 * j + axis])),
    ).some((distance) => distance < 0.9);
    if (!isNear) positions.set(place, 3 * k++);
  }
  return { species: Array.from({ length: atoms }, () => ['H', 'C', 'O'][rng.integer(3)]), positions };
}
