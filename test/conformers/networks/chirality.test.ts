import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchMolecules } from '../../../src/conformers/graphs/molecule-batch.js';
import { chirality } from '../../../src/conformers/networks/chirality.js';
import { moleculeInputs } from '../../../src/conformers/networks/molecule-tensors.js';
import { Rng } from '../../../src/random/generator.js';
import type { Executable } from '../../../src/runtime/index.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { compile, input } from '../../../src/tensor/index.js';
import { motionError } from '../../../src/testing/index.js';
import { expectClose } from '../../support/close.js';
import {
  mirror,
  type PlacedGraphs,
  permutation,
  placedGraphs,
  rotation,
  translation,
  wholeMirror,
} from '../../support/placed-molecules.js';

const molecules = placedGraphs(['C[C@H](O)N', 'CCO', 'C[C@@H](F)[C@H](O)Cl'], Rng.fromSeed(1));
let executable: Executable<'scalars' | 'vectors'>;
beforeAll(async () => {
  const { scalars, vectors } = chirality(input('x', ['nodes', 3]), moleculeInputs().centres);
  executable = await (await openRuntime()).open(compile({ scalars, vectors }));
});
afterAll(() => executable.close());

const run = ({ graphs, positions }: PlacedGraphs) => {
  const { feeds, sizes } = batchMolecules(
    graphs,
    graphs.map(() => 0),
  );
  return executable.run({ ...feeds, x: positions }, sizes);
};
const vectorsOf = async (given: PlacedGraphs): Promise<Float32Array> => (await run(given)).vectors;
const scalarsOf = async (given: PlacedGraphs): Promise<Float32Array> => (await run(given)).scalars;

describe('chirality', () => {
  test('scalars do not change when molecules turn or move, and change their sign in a mirror', async () => {
    const before = await scalarsOf(molecules);
    expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.05);
    const rng = Rng.fromSeed(2);
    for (const motion of [rotation(rng), translation(molecules, rng), wholeMirror]) {
      expectClose(await scalarsOf(motion.input(molecules)), before, 1e-5);
    }
    expectClose(
      await scalarsOf(mirror.input(molecules)),
      before.map((x) => -x),
      1e-5,
    );
  });

  test('vectors turn with molecules, and are mirrored with them where the wanted hands are exchanged', async () => {
    const before = await vectorsOf(molecules);
    const rng = Rng.fromSeed(3);
    for (const motion of [rotation(rng), translation(molecules, rng), permutation(molecules, rng), wholeMirror]) {
      expect(await motionError(vectorsOf, molecules, before, motion, 'vector')).toBeLessThan(1e-5);
    }
    const opposite = { ...mirror, output: (vectors: Float32Array) => mirror.output(vectors).map((x) => -x) };
    expect(await motionError(vectorsOf, molecules, before, opposite, 'vector')).toBeLessThan(1e-5);
  });

  test('is 1 for a right corner of the wanted hand, −1 for the other, 0 in the plane', async () => {
    const placed = placedGraphs(['C[C@H](O)N'], Rng.fromSeed(1));
    const [atom, a, b, c, d, hand] = placed.graphs[0].centres;
    const at = async (points: readonly (readonly number[])[]): Promise<readonly number[]> => {
      const positions = placed.positions.slice();
      for (const [k, corner] of [a, b, c, d].entries()) positions.set(points[k], 3 * corner);
      const scalars = await scalarsOf({ ...placed, positions });
      return [scalars[2 * atom], scalars[2 * a + 1]];
    };
    const [x, y, z, origin] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ] as const;
    expectClose(await at([x, y, z, origin]), [hand, hand], 1e-5);
    expectClose(await at([y, x, z, origin]), [-hand, -hand], 1e-5);
    expectClose(await at([x, y, [-1, -1, 0], origin]), [0, 0], 1e-6);
  });

  test('vectors show the way in which the signed volume grows the fastest', async () => {
    const placed = placedGraphs(['C[C@H](O)N'], Rng.fromSeed(4));
    const [, ...numbers] = placed.graphs[0].centres;
    const [corners, hand] = [numbers.slice(0, 4), numbers[4]];
    const slopes = corners.map((atom) => [0, 1, 2].map((axis) => slope(placed.positions, corners, 3 * atom + axis)));
    const vectors = await vectorsOf(placed);
    for (const [k, atom] of corners.entries()) {
      const length = Math.hypot(...slopes[k]);
      // The tensor layer's `shorten` divides a vector by its length and 1.
      const expected = slopes[k].map((value) => (hand * value) / (length + 1));
      expectClose(vectors.subarray(3 * atom, 3 * atom + 3), expected, 1e-4);
    }
  });

  test('is zero where there are no centres', async () => {
    const placed = placedGraphs(['CCO', '[Na+]'], Rng.fromSeed(5));
    const { scalars, vectors } = await run(placed);
    expect([...scalars, ...vectors].every((x) => x === 0)).toBe(true);
  });

  test('is finite where atoms lie on each other', async () => {
    const positions = new Float32Array(molecules.positions.length).fill(0.5);
    const { scalars, vectors } = await run({ ...molecules, positions });
    expect([...scalars, ...vectors].every((x) => x === 0)).toBe(true);
  });
});

function volume(positions: ArrayLike<number>, corners: readonly number[]): number {
  const [u, v, w] = corners
    .slice(0, 3)
    .map((atom) => [0, 1, 2].map((axis) => positions[3 * atom + axis] - positions[3 * corners[3] + axis]));
  return u[0] * (v[1] * w[2] - v[2] * w[1]) + u[1] * (v[2] * w[0] - v[0] * w[2]) + u[2] * (v[0] * w[1] - v[1] * w[0]);
}

/** The slope of the signed volume, by central differences. */
function slope(positions: Float32Array, corners: readonly number[], at: number): number {
  const moved = (by: number): number => {
    const values = Float64Array.from(positions);
    values[at] += by;
    return volume(values, corners);
  };
  return (moved(1e-5) - moved(-1e-5)) / 2e-5;
}
