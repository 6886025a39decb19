import { describe, expect, it } from 'vitest';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import type { FitNetworkConfig } from '../../../src/fit/network/fit-config.js';
import { FitNetwork } from '../../../src/fit/network/fit-network.js';
import { openFitPredictor } from '../../../src/fit/network/predictor.js';
import { regionsOf } from '../../../src/fit/network/regions.js';
import { seenGeometries } from '../../../src/fit/network/seen-geometries.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { livelyWeights } from '../../../src/testing/lively-weights.js';
import { forcesTarget, networkTarget } from '../evaluation/support.js';

const configOf = (model: string): FitNetworkConfig => ({
  model,
  encoder: { hidden: 8, layers: 2, cutoff: 2.5, basis: 8, axes: 4, parity: 'even' },
  species: ['H'],
  length: 'Å',
  targets: [
    networkTarget({ shifts: [-1] }),
    forcesTarget,
    networkTarget({ name: 'gap', extensive: false }),
    networkTarget({ name: 'charges', of: 'node', extensive: false }),
  ],
  inputs: [],
});

/** 6 × 6 × 6 atoms about the points of a grid, alone or in a cell. */
function crystal(cell?: number) {
  const rng = Rng.fromSeed(3);
  const positions = Array.from({ length: 216 }, (_, k) => [k % 6, Math.floor(k / 6) % 6, Math.floor(k / 36)])
    .flat()
    .map((place) => 2 * place + 0.3 * rng.uniform());
  return geometrySet([
    { species: ['H', 'H'], positions: [0, 0, 0, 1, 0, 0], source: { file: 'a' } },
    {
      species: new Array<string>(216).fill('H'),
      positions,
      ...(cell !== undefined && { cell: [cell, 0, 0, 0, cell, 0, 0, 0, cell] }),
      source: { file: 'a' },
    },
  ]);
}

describe.each<[string, string, number | undefined]>([
  ['alone', 'lofnet', undefined],
  ['periodic', 'lofnet', 12],
  ['periodic', 'clofnet', 12],
])('regions of a large geometry, %s, for %s,', (_, model, cell) => {
  const set = crystal(cell);
  const config = configOf(model);

  it('want every atom once, and have all edges that matter', () => {
    const seen = seenGeometries(set, config);
    const regions = [...regionsOf(seen, 1, { rounds: 2, maxEdges: 700 })];
    expect(regions.length).toBeGreaterThan(3);
    const wanted = regions.flatMap(({ atoms, core }) => Array.from(atoms.subarray(0, core)));
    expect(wanted.sort((a, b) => a - b)).toEqual(Array.from({ length: 216 }, (_, k) => k));
    for (const { edges, core } of regions) expect(core === 1 || edges.length <= 700).toBe(true);
  });

  it('give the numbers of the whole', async () => {
    const network = new FitNetwork(config);
    const weights = livelyWeights(network.parameters, Rng.fromSeed(1));
    const runtime = await openRuntime();
    const whole = await openFitPredictor(runtime, network, weights);
    const cut = await openFitPredictor(runtime, network, weights, { regionEdges: 700 });
    const [expected, found] = [await whole.predict(set), await cut.predict(set)];
    for (const [name, numbers] of Object.entries(expected)) {
      const scale = Math.max(...numbers.map(Math.abs));
      expect(scale).toBeGreaterThan(0.001);
      const errors = numbers.map((number, k) => Math.abs(number - found[name][k]) / scale);
      expect([name, Math.max(...errors) < 1e-5]).toEqual([name, true]);
    }
    await whole.close();
    await cut.close();
  });
});
