import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchMolecules } from '../../../src/conformers/graphs/molecule-batch.js';
import { Denoiser } from '../../../src/conformers/networks/denoiser.js';
import { decodeDenoiserFile, encodeDenoiserFile } from '../../../src/conformers/networks/denoiser-file.js';
import {
  compileDenoiser,
  type OpenDenoiser,
  openDenoiser,
  scoreOf,
} from '../../../src/conformers/networks/denoiser-run.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/files/safetensors.js';
import { initialize, type Weights } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { motionError } from '../../../src/testing/index.js';
import { expectClose } from '../../support/close.js';
import {
  type PlacedGraphs,
  permutation,
  placedGraphs,
  rotation,
  translation,
  wholeMirror,
} from '../../support/placed-molecules.js';

const options = { hidden: 16, layers: 3, vectors: 3 };
const model = new Denoiser(options);

/** First weights move atoms so little that most of their paths would go unseen: the last layers are made larger. */
function livelyWeights(): Weights {
  const weights = initialize(model.parameters, Rng.fromSeed(1));
  const lively = (name: string, values: Float32Array) =>
    name.includes('coefficients') ? values.map((x) => 10 * x) : values;
  return new Map(Array.from(weights, ([name, values]) => [name, lively(name, values)]));
}

let denoiser: OpenDenoiser;
beforeAll(async () => {
  denoiser = await openDenoiser(await openRuntime(), compileDenoiser(model, livelyWeights()));
});
afterAll(() => denoiser.close());

const run =
  (sigma: number) =>
  async ({ graphs, positions }: PlacedGraphs): Promise<Float32Array> => {
    const batch = batchMolecules(
      graphs,
      graphs.map(() => 1),
    );
    return (await denoiser.of(batch)(positions, sigma)).slice();
  };

const stereo = placedGraphs(['C[C@H](O)N', 'CCO', 'C[C@@H](F)[C@H](O)Cl'], Rng.fromSeed(3));

describe('the denoiser', () => {
  test.each([
    ['stereocentres', stereo, 0.05],
    ['stereocentres', stereo, 1],
    ['stereocentres', stereo, 8],
    ['no centres', placedGraphs(['CCO', 'c1ccccc1O'], Rng.fromSeed(4)), 1],
    ['two atoms', placedGraphs(['[H][H]', 'Cl'], Rng.fromSeed(5)), 1],
  ])('follows rotation, translation and permutation: %s', async (_, molecules, sigma) => {
    const before = await run(sigma)(molecules);
    const rng = Rng.fromSeed(6);
    for (const motion of [rotation(rng), translation(molecules, rng), permutation(molecules, rng)]) {
      expect(await motionError(run(sigma), molecules, before, motion)).toBeLessThan(1e-5);
    }
  });

  test('sees stereocentres: with the other hand wanted, it moves atoms elsewhere', async () => {
    const [before, after] = [
      await run(1)(stereo),
      await run(1)({ ...stereo, graphs: wholeMirror.input(stereo).graphs }),
    ];
    const first = 3 * stereo.sizes[0];
    const ethanol = 3 * stereo.sizes[1];
    expect(Math.max(...before.slice(0, first).map((x, k) => Math.abs(x - after[k])))).toBeGreaterThan(0.01);
    // Of ethanol, which has none, nothing changes.
    expectClose(after.slice(first, first + ethanol), before.slice(first, first + ethanol), 1e-6);
  });

  test('does not treat mirror images alike: its frames have a pseudo-vector', async () => {
    const before = await run(1)(stereo);
    expect(await motionError(run(1), stereo, before, wholeMirror)).toBeGreaterThan(0.01);
  });

  test('leaves positions without noise where they are, and gives up those that are noise alone', async () => {
    const centred = await run(1e-4)(stereo);
    const shifts = await run(1e-4)({ ...stereo, positions: centred });
    expectClose(shifts, centred, 1e-3);
    const [near, far] = [
      await run(50)(stereo),
      await run(50)({ ...stereo, positions: stereo.positions.map((x) => 2 * x) }),
    ];
    // c_skip is σ_data² / (σ_data² + σ²) at most 0.0007 here: what comes out hardly knows how large the input was.
    expect(Math.max(...near.map(Math.abs))).toBeLessThan(30);
    expect(Math.max(...far.map(Math.abs))).toBeLessThan(30);
  });

  test('keeps every molecule at the origin', async () => {
    const result = await run(2)(stereo);
    let at = 0;
    for (const size of stereo.sizes) {
      for (let axis = 0; axis < 3; axis++) {
        const own = result.subarray(3 * at, 3 * (at + size)).filter((_, k) => k % 3 === axis);
        expect(Math.abs(own.reduce((a, b) => a + b, 0) / size)).toBeLessThan(1e-5);
      }
      at += size;
    }
  });

  test.each([
    ['one atom', ['[Na+]']],
    ['one atom beside others', ['CCO', '[Na+]', 'C']],
  ])('takes %s', async (_, smiles) => {
    const molecules = placedGraphs(smiles, Rng.fromSeed(7));
    const result = await run(1)(molecules);
    expect(result.every(Number.isFinite)).toBe(true);
    const sodium = molecules.sizes.indexOf(1);
    const at = 3 * molecules.sizes.slice(0, sodium).reduce((a, b) => a + b, 0);
    expectClose(result.subarray(at, at + 3), [0, 0, 0], 1e-6);
  });

  test.each([
    ['all atoms in one point', () => 0],
    ['all atoms in line', (k: number) => [0.7 * Math.floor(k / 3), 0, 0][k % 3]],
    ['all atoms in a plane', (k: number) => (k % 3 === 2 ? 0 : Math.sin(k))],
    ['atoms far away', (k: number) => 1e4 * Math.sin(k)],
  ])('gives finite numbers for %s', async (_, place) => {
    for (const sigma of [0.02, 1, 20]) {
      const result = await run(sigma)({ ...stereo, positions: stereo.positions.map((_x, k) => place(k)) });
      expect(result.every(Number.isFinite)).toBe(true);
    }
  });

  test('gives the score (D(x; σ) − x) / σ²', async () => {
    const batch = batchMolecules(
      stereo.graphs,
      stereo.graphs.map(() => 1),
    );
    const clean = await run(0.5)(stereo);
    const score = await scoreOf(denoiser.of(batch))(stereo.positions, 0.5);
    expectClose(
      score,
      clean.map((x, k) => (x - stereo.positions[k]) / 0.25),
      1e-5,
    );
  });
});

describe('a weight file of a denoiser', () => {
  const weights = initialize(model.parameters, Rng.fromSeed(2));
  const config = { model: 'denoiser', ...options } as const;
  const file = encodeDenoiserFile({ config, weights, provenance: { note: 'a test' } });

  test('comes back as it was', () => {
    const decoded = decodeDenoiserFile(decodeSafetensors(encodeSafetensors(file.tensors, file.metadata), 'w'), 'w');
    expect(decoded).toMatchObject({ config, provenance: { note: 'a test' } });
    expect(decoded.weights).toEqual(new Map(weights));
    expect(decoded.model.parameters.map(({ name }) => name)).toEqual(model.parameters.map(({ name }) => name));
  });

  test.each<[string, Partial<Record<string, string>>, string]>([
    [
      'another network',
      { model: JSON.stringify({ model: 'clof_vel' }) },
      'holds the network clof_vel, but needed here is a denoiser',
    ],
    [
      'other layers',
      { model: JSON.stringify({ ...config, layers: 4 }) },
      'layers.2.coefficients.2.weight has shape [3, 16], this network needs [12, 16]',
    ],
    ['no width', { model: JSON.stringify({ ...config, hidden: 0 }) }, 'the description of the network is damaged'],
    ['a newer version', { version: '2' }, 'is a weight file of version 2'],
    ['no weights', { format: 'something' }, 'holds no clofnet weights'],
  ])('with %s is refused', (_, changes, message) => {
    const metadata = { ...file.metadata, ...changes } as Record<string, string>;
    expect(() => decodeDenoiserFile({ ...file, metadata }, 'w.safetensors')).toThrow(message);
  });
});
