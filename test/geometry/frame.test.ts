import { describe, expect, test } from 'vitest';
import {
  applyRotation,
  type Frame,
  type FrameForm,
  pairFrame,
  randomRotation,
  unit,
} from '../../src/geometry/index.js';
import { Rng } from '../../src/random/generator.js';
import { gradient, input } from '../../src/tensor/index.js';
import { expectClose, numericalGradient, runTensors } from '../support/numeric.js';
import { evaluate } from '../support/reference.js';
import {
  allNumbers,
  column,
  crossOf,
  degeneratePairs,
  dotOf,
  lengthOf,
  type Pair,
  type Point,
  pairData,
  randomPairs,
  weightedSum,
  xi,
  xj,
} from './points.js';

const forms: readonly FrameForm[] = ['published', 'orthonormal'];
const axesOf = ({ a, b, c }: Frame) => ({ a, b, c });

/** The axes of every pair's frame, computed in float32. */
async function frames(pairs: readonly Pair[], form: FrameForm): Promise<number[][][]> {
  const { a, b, c } = await runTensors(axesOf(pairFrame(xi, xj, form)), pairData(pairs), { n: pairs.length });
  return pairs.map((_, k) => [a, b, c].map((axis) => column(axis, k)));
}

/** Points whose angle at the centre is small, or which are close: hard, but with axes of their own. */
const hardPairs: Pair[] = [1e-1, 1e-2, 3e-3].flatMap((small): Pair[] => [
  [
    [1, 0.2, -0.4],
    [2 + small, 0.4, -0.8],
  ],
  [
    [1, 0.2, -0.4],
    [1, 0.2 + small, -0.4],
  ],
  [
    [0.9, 0.2, -0.4],
    [-0.9, -0.2, 0.4 + small],
  ],
]);

test('published axes are (x_i − x_j) and x_i × x_j over length + 1, and their product', async () => {
  const pairs = randomPairs(20);
  for (const [k, axes] of (await frames(pairs, 'published')).entries()) {
    const [i, j] = pairs[k];
    const shortened = (v: number[]): number[] => v.map((x) => x / (lengthOf(v) + 1));
    const [a, b] = [shortened(i.map((x, p) => x - j[p])), shortened(crossOf(i, j))];
    expectClose(axes.flat(), [...a, ...b, ...crossOf(a, b)], 1e-6);
  }
});

describe('orthonormal axes', () => {
  test('have length 1, stand at right angles and are right-handed, to float32 rounding', async () => {
    const pairs = [...randomPairs(200), ...hardPairs];
    for (const axes of await frames(pairs, 'orthonormal')) {
      const gram = axes.flatMap((u) => axes.map((v) => dotOf(u, v)));
      expectClose(gram, [1, 0, 0, 0, 1, 0, 0, 0, 1], 1e-6);
      expect(dotOf(crossOf(axes[0], axes[1]), axes[2])).toBeCloseTo(1, 5);
    }
  });

  test('point along x_i − x_j and x_i × x_j', async () => {
    const pairs = randomPairs(50);
    for (const [k, [a, b]] of (await frames(pairs, 'orthonormal')).entries()) {
      const [i, j] = pairs[k];
      const direction = (v: number[]): number[] => v.map((x) => x / lengthOf(v));
      expectClose([...a, ...b], [...direction(i.map((x, p) => x - j[p])), ...direction(crossOf(i, j))], 2e-5);
    }
  });

  test('fade to zero where there is no direction', async () => {
    const pairs = Object.values(degeneratePairs);
    const lengths = (await frames(pairs, 'orthonormal')).map((axes) => axes.map(lengthOf));
    const byName = Object.fromEntries(Object.keys(degeneratePairs).map((name, k) => [name, lengths[k]]));
    expectClose(byName['both at the centre'], [0, 0, 0], 1e-9);
    expectClose(byName.coincident, [0, 0, 0], 1e-9);
    for (const name of Object.keys(byName).filter((key) => /at the centre$|opposite|in line|axis/.test(key))) {
      if (name !== 'both at the centre') expectClose(byName[name], [1, 0, 0], 1e-3);
    }
  });
});

describe.each(forms)('%s frames', (form) => {
  test.each(Object.entries(degeneratePairs))(
    'of points %s have finite values, slopes and curvature',
    async (_, pair) => {
      const numbers = await allNumbers(axesOf(pairFrame(xi, xj, form)), [xi, xj], pairData([pair]), { n: 1 });
      expect(
        Object.values(numbers)
          .flat()
          .filter((value) => !Number.isFinite(value)),
      ).toEqual([]);
    },
  );

  test('turn with the points, degenerate ones included', async () => {
    const rotation = randomRotation(Rng.fromSeed(3));
    const turn = (v: readonly number[]): Point =>
      [...applyRotation(rotation, Float64Array.from(v))] as unknown as Point;
    const pairs = [...randomPairs(50), ...Object.values(degeneratePairs)];
    const turned = await frames(
      pairs.map(([i, j]) => [turn(i), turn(j)] as const),
      form,
    );
    const expected = (await frames(pairs, form)).map((axes) => axes.map(turn));
    // The last pairs lie where rounding decides most: 1e-7 of 1e-4.
    for (const [k, axes] of turned.entries()) expectClose(axes.flat(), expected[k].flat(), k < 50 ? 1e-5 : 1e-3);
  });

  test('of a mirror image are the mirror image with b turned around', async () => {
    const mirror = ([x, y, z]: readonly number[]): Point => [-x, y, z];
    const pairs = randomPairs(10);
    const mirrored = await frames(
      pairs.map(([i, j]) => [mirror(i), mirror(j)] as const),
      form,
    );
    for (const [k, [a, b, c]] of (await frames(pairs, form)).entries()) {
      const turnedAround = mirror(b).map((x) => -x);
      expectClose(mirrored[k].flat(), [...mirror(a), ...turnedAround, ...mirror(c)], 1e-5);
    }
  });

  test('have the gradient of central differences', async () => {
    const pairs = randomPairs(4, 12);
    const { a, b, c } = pairFrame(xi, xj, form);
    const { loss, data } = weightedSum([a, b, c], { n: 4 });
    const given = { ...pairData(pairs), ...data };
    const slopes = gradient(loss, [xi, xj]);
    for (const [k, slope] of evaluate(slopes, given, { n: 4 }).entries()) {
      expectClose(slope.data, numericalGradient(loss, given, { n: 4 }, ['xi', 'xj'][k]), 1e-7);
    }
    const { slope } = await runTensors({ slope: slopes[0] }, given, { n: 4 });
    expectClose(slope, evaluate([slopes[0]], given, { n: 4 })[0].data, 1e-5);
  });
});

describe('unit', () => {
  const v = input('v', [3, 'n']);
  const along = (length: number): number[] => [0.48 * length, 0.6 * length, 0.64 * length];
  const lengths = [0, 1e-6, 0.05, 0.3, 0.5, 0.8, 0.97, 1.03, 1.5, 20];
  const data = { v: [0, 1, 2].flatMap((axis) => lengths.map((length) => along(length)[axis])) };
  const sizes = { n: lengths.length };

  test('is v / |v| from ε on, and v / |v| t²(3 − 2t) below', async () => {
    const { u } = await runTensors({ u: unit(v, 1) }, data, sizes);
    const expected = lengths.map((t) => (t < 1 ? t * t * (3 - 2 * t) : 1));
    expectClose(
      lengths.map((_, k) => lengthOf(column(u, k))),
      expected,
      1e-6,
    );
  });

  test('has the gradient of central differences on both sides of ε, and none at 0', () => {
    const { loss, data: weights } = weightedSum([unit(v, 1)], sizes);
    const given = { ...data, ...weights };
    const [slope] = evaluate(gradient(loss, [v]), given, sizes);
    expectClose(column(slope.data, 0), [0, 0, 0], 1e-8);
    const numerical = numericalGradient(loss, given, sizes, 'v');
    for (let k = 2; k < lengths.length; k++) expectClose(column(slope.data, k), column(numerical, k), 1e-6);
  });
});
