import { describe, expect, test } from 'vitest';
import { reflection } from '../../src/geometry/index.js';
import { completeGraphs, graphFeeds } from '../../src/graphs/index.js';
import { graphQuantities, type Quantities } from '../../src/networks/index.js';
import { randomSystems } from '../../src/newton/networks/random-systems.js';
import type { SystemBatch } from '../../src/newton/networks/system-batch.js';
import { systemSample, systemSubject } from '../../src/newton/networks/system-function.js';
import { Rng } from '../../src/random/generator.js';
import {
  assertEquivariant,
  type Motion,
  measureEquivariance,
  motionError,
  motionNames,
  orthogonalMotion,
  randomMotion,
} from '../../src/testing/index.js';
import { crossOf } from '../geometry/points.js';
import { expectClose } from '../support/close.js';

/** A function of systems. */
type Predict = (systems: SystemBatch) => Float32Array;

const systems = randomSystems(Rng.fromSeed(1), [4, 2, 5], { fields: ['gravity', 'magnetic'] });
const errorsOf = (predict: Predict, kind: 'position' | 'vector' = 'position') =>
  measureEquivariance(systemSubject(predict, kind), systemSample(systems), {
    rng: Rng.fromSeed(2),
    motions: motionNames,
  });

/** A function that computes each body's vector from the body's row and its system's fields. */
type BodyRule = (given: Record<'x' | 'v' | 'gravity' | 'magnetic' | 'centre', number[]>, charge: number) => number[];

const perBody =
  (rule: BodyRule): Predict =>
  ({ sizes, positions, velocities, charges, fields }: SystemBatch) => {
    const row = (list: Float32Array | undefined, k: number): number[] => [...(list ?? []).slice(3 * k, 3 * k + 3)];
    let first = 0;
    const rows = sizes.flatMap((size, system) => {
      const bodies = Array.from({ length: size }, (_, k) => first + k);
      first += size;
      const mean = (axis: number): number => bodies.reduce((sum, k) => sum + positions[3 * k + axis], 0) / size;
      const shared = {
        gravity: row(fields?.gravity, system),
        magnetic: row(fields?.magnetic, system),
        centre: [mean(0), mean(1), mean(2)],
      };
      return bodies.flatMap((k) => rule({ ...shared, x: row(positions, k), v: row(velocities, k) }, charges[k]));
    });
    return Float32Array.from(rows);
  };

const plus = (u: readonly number[], v: readonly number[], times = 1): number[] => u.map((x, k) => x + times * v[k]);

describe('functions known to follow every motion', () => {
  test.each<[string, BodyRule]>([
    ['free flight', ({ x, v }) => plus(x, v)],
    ['a pull to the centre', ({ x, centre }, charge) => plus(x, plus(centre, x, -1), 0.3 * charge)],
    ['a fall in gravity', ({ x, gravity }) => plus(x, gravity)],
    ['the magnetic force v × B', ({ x, v, magnetic }) => plus(x, crossOf(v, magnetic))],
  ])('%s', async (_, rule) => {
    for (const error of Object.values(await errorsOf(perBody(rule)))) expect(error).toBeLessThan(5e-7);
  });

  test('forces turn, and stay when the system shifts', async () => {
    const errors = await errorsOf(
      perBody(({ x, centre }) => plus(x, centre, -1)),
      'vector',
    );
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-6);
  });
});

describe('functions known to miss a motion are found out', () => {
  test.each<[string, BodyRule, string[]]>([
    ['a constant push', ({ x }) => plus(x, [0.1, 0, 0]), ['rotation', 'reflection']],
    ['a pull to the origin', ({ x }) => plus(x, x, -0.1), ['translation']],
    ['a push along B, a vector made of a pseudo-vector', ({ x, magnetic }) => plus(x, magnetic), ['reflection']],
    ['a push along x × v', ({ x, v, centre }) => plus(x, crossOf(plus(x, centre, -1), v)), ['reflection']],
    ['one velocity component', ({ x, v }) => plus(x, [v[0], 0, 0]), ['rotation', 'reflection']],
  ])('%s', async (_, rule, missed) => {
    const errors = await errorsOf(perBody(rule));
    expect(Object.entries(errors).flatMap(([name, error]) => (error > 1e-3 ? [name] : []))).toEqual(missed);
  });

  test('a function that looks at the order of the bodies', async () => {
    const run: Predict = ({ positions }) => positions.map((x, k) => (k < 3 ? 2 * x : x));
    expect((await errorsOf(run)).permutation).toBeGreaterThan(0.1);
  });

  test('a function that gives NaN', async () => {
    const errors = await errorsOf(({ positions }) => positions.map((x, k) => (k === 4 ? Number.NaN : x)));
    expect(errors.rotation).toBe(Infinity);
  });

  test('an error is relative to the extent of the systems, not to how far away they are', async () => {
    const far: SystemBatch = { ...systems, positions: systems.positions.map((x) => x + 1000) };
    const push = perBody(({ x }) => plus(x, [0.1, 0, 0]));
    const options = { motions: ['rotation'], repeats: 20 } as const;
    const near = await measureEquivariance(systemSubject(push), systemSample(systems), {
      ...options,
      rng: Rng.fromSeed(4),
    });
    const away = await measureEquivariance(systemSubject(push), systemSample(far), {
      ...options,
      rng: Rng.fromSeed(4),
    });
    expect(away.rotation / near.rotation).toBeCloseTo(1, 1);
  });
});

test('assertEquivariant returns the errors, or throws with the numbers', async () => {
  const rng = Rng.fromSeed(3);
  expect(await assertEquivariant(systemSubject(perBody(({ x }) => x)), systemSample(systems), { rng })).toHaveProperty(
    'translation',
  );
  const broken = systemSubject(perBody(({ x }) => plus(x, x, -0.5)));
  await expect(assertEquivariant(broken, systemSample(systems), { rng })).rejects.toThrow(
    /^not equivariant: translation \d\.\de[+-]\d of the output's scale, at most 1\.\de-5 allowed$/,
  );
  await expect(assertEquivariant(broken, systemSample(systems), { rng, tolerance: 100 })).resolves.toBeDefined();
});

test('motionError takes inputs of any kind', async () => {
  interface Chain {
    readonly sizes: readonly number[];
    readonly angles: readonly number[];
  }
  const run = ({ angles }: Chain): Float32Array =>
    Float32Array.from(angles.flatMap((t) => [Math.cos(t), Math.sin(t), 0]));
  const quarter: Motion<Chain> = {
    input: ({ sizes, angles }) => ({ sizes, angles: angles.map((t) => t + Math.PI / 2) }),
    output: (vectors) => vectors.map((_, k) => [-vectors[k + 1], vectors[k - 1], 0][k % 3]),
  };
  const chain = { sizes: [3], angles: [0, 1, 2.5] };
  expect(await motionError(run, chain, run(chain), quarter)).toBeLessThan(1e-6);
  await expect(motionError(run, chain, new Float32Array(3), quarter)).rejects.toThrow('the function gave 9 numbers');
});

test('systems of one body have the scale of their own vectors', async () => {
  const lone = randomSystems(Rng.fromSeed(5), [1, 1]);
  const errors = await measureEquivariance(
    systemSubject(({ positions }) => positions),
    systemSample(lone),
    { rng: Rng.fromSeed(6) },
  );
  expect(errors).toEqual({ rotation: 0, translation: 0, permutation: 0 });
});

test('random systems have charges of one, one speed, and the density asked for', () => {
  const many = randomSystems(Rng.fromSeed(7), [4000, 40], { fields: ['gravity'], spread: 2 });
  expect(many.positions.length).toBe(3 * 4040);
  expect(new Set(many.charges)).toEqual(new Set([-1, 1]));
  for (let k = 0; k < 50; k++) expect(Math.hypot(...many.velocities.subarray(3 * k, 3 * k + 3))).toBeCloseTo(0.5, 5);
  expect(many.positions.reduce((sum, x) => sum + x * x, 0) / many.positions.length).toBeCloseTo(4, 0);
  expect(many.fields?.gravity?.length).toBe(6);
  expect(many.fields?.magnetic).toBeUndefined();
  const usual = randomSystems(Rng.fromSeed(7), [4000]);
  expect(usual.positions.reduce((sum, x) => sum + x * x, 0) / usual.positions.length / 800 ** (2 / 3)).toBeCloseTo(
    1,
    1,
  );
});

test('a mirror turns a magnetic field around besides', () => {
  const mirror = orthogonalMotion(
    systemSubject(({ positions }) => positions),
    reflection(0),
    -1,
  );
  const { arrays } = mirror.input(systemSample(systems));
  const { gravity, magnetic } = systems.fields ?? {};
  expect(arrays.gravity).toEqual(gravity?.map((x, k) => (k % 3 === 0 ? -x : x)));
  expect(arrays.magnetic).toEqual(magnetic?.map((x, k) => (k % 3 === 0 ? x : -x)));
  expect(mirror.output(Float32Array.from(arrays.velocities, Number))).toEqual(systems.velocities);
});

test('moves arrays by what they are: indices follow their rows, sizes are counted, rows of other axes are reordered', () => {
  const quantities = {
    ...graphQuantities({ node: 'atom', nodes: 'atoms', graph: 'molecule', edges: '' }),
    positions: { kind: 'position', at: 'nodes' },
    hands: { kind: 'pseudo-scalar', at: 'nodes' },
    lengths: { kind: 'scalar', at: 'edges' },
  } satisfies Quantities;
  const signature = { inputs: quantities, output: { kind: 'vector', at: 'nodes' } } as const;
  const graph = completeGraphs([3, 2]);
  const positions = Rng.fromSeed(1).fillNormal(new Float32Array(15));
  const lengthsOf = (x: Float32Array, i: Int32Array, j: Int32Array): Float32Array =>
    Float32Array.from(i, (node, e) => Math.hypot(...[0, 1, 2].map((axis) => x[3 * node + axis] - x[3 * j[e] + axis])));
  const arrays = {
    ...graphFeeds(graph),
    positions,
    hands: Float32Array.of(1, -1, 1, 1, -1),
    lengths: lengthsOf(positions, graph.receivers, graph.senders),
  };
  const sample = { sizes: [3, 2], arrays };
  const moved = randomMotion('permutation', signature, sample, Rng.fromSeed(2)).input(sample);
  expect(moved.sizes).toEqual([2, 3]);
  expect([...moved.arrays.graph_sizes]).toEqual([2, 3]);
  expect([...moved.arrays.graph_of_node]).toEqual([0, 0, 1, 1, 1]);
  const [receivers, senders] = [moved.arrays.receivers, moved.arrays.senders].map((list) =>
    Int32Array.from(list, Number),
  );
  expect(receivers).not.toEqual(graph.receivers);
  expectClose(
    moved.arrays.lengths as Float32Array,
    lengthsOf(moved.arrays.positions as Float32Array, receivers, senders),
    1e-6,
  );
  const mirrored = randomMotion('reflection', signature, sample, Rng.fromSeed(3)).input(sample);
  expect([...mirrored.arrays.hands]).toEqual([-1, 1, -1, -1, 1]);
  expect(mirrored.arrays.lengths).toBe(arrays.lengths);
});
