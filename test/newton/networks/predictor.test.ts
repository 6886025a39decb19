import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { createModel } from '../../../src/newton/networks/index.js';
import { openPredictor, type Predictor } from '../../../src/newton/networks/predictor.js';
import { randomSystems } from '../../../src/newton/networks/random-systems.js';
import { checkBatch, type SystemBatch, splitBatch } from '../../../src/newton/networks/system-batch.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { livelyWeights } from '../../support/lively.js';
import { expectClose } from '../../support/numeric.js';

const model = createModel({ model: 'clof_vel', hidden: 8, layers: 2 });
const weights = livelyWeights(model, 1);
const systems = randomSystems(Rng.fromSeed(2), [5, 1, 3, 3, 3, 7, 2], { fields: ['magnetic'] });
const open = async (maxEdges?: number) =>
  openPredictor(await openRuntime(), model, weights, maxEdges ? { maxEdges } : {});

test('numbers of pairs must be as many as pairs', () => {
  expect(() => checkBatch({ ...systems, edges: new Float32Array(3) })).toThrow('edges: 3 numbers given, expected');
});

describe('a predictor', () => {
  test('gives each system what it gives it alone, however it cuts the batch', async () => {
    const alone = await open();
    const single = await Promise.all(splitBatch(systems, 0).map((part) => alone.predict(part)));
    const expected = single.flatMap(({ positions }) => [...positions]);
    for (const maxEdges of [1, 12, 20, 1500]) {
      const predictor = await open(maxEdges);
      expectClose([...(await predictor.predict(systems)).positions], expected, 1e-6);
      await predictor.close();
    }
    await alone.close();
  });

  test('sees the numbers of pairs, and takes the products of charges where there are none', async () => {
    const springs = randomSystems(Rng.fromSeed(3), [5, 1, 3, 4], { edges: true });
    const seeing = createModel({ model: 'egnn_vel', hidden: 8, layers: 2, edges: 'given' });
    const product = createModel({ model: 'egnn_vel', hidden: 8, layers: 2 });
    const own = livelyWeights(seeing, 1);
    const runtime = await openRuntime();
    const [a, b, whole] = await Promise.all([
      openPredictor(runtime, seeing, own, { maxEdges: 1 }),
      openPredictor(runtime, product, own),
      openPredictor(runtime, seeing, own),
    ]);
    const places = async (by: Predictor, batch: SystemBatch) => [...(await by.predict(batch)).positions];
    expectClose(await places(a, springs), await places(whole, springs), 1e-6);
    const { edges: _, ...charged } = springs;
    expectClose(await places(a, charged), await places(b, charged), 1e-6);
    expect(await a.predict(springs)).not.toEqual(await a.predict(charged));
    await Promise.all([a, b, whole].map((predictor) => predictor.close()));
  });

  test('answers calls that overlap, and an empty batch', async () => {
    const predictor = await open(20);
    const other: SystemBatch = {
      ...systems,
      fields: { magnetic: undefined },
      positions: systems.positions.map((x) => 2 * x),
    };
    const [first, second] = await Promise.all([predictor.predict(systems), predictor.predict(other)]);
    expect(await predictor.predict(systems)).toEqual(first);
    expect(await predictor.predict(other)).toEqual(second);
    expect(await predictor.predict(randomSystems(Rng.fromSeed(1), []))).toEqual({ positions: new Float32Array(0) });
    await predictor.close();
  });

  test('refuses the weights of another network', async () => {
    const runtime = await openRuntime();
    const without = new Map([...weights].slice(1));
    await expect(openPredictor(runtime, model, without)).rejects.toThrow(
      /another network: embedding_node.weight is missing/,
    );
    const longer = new Map([...weights, ['gcl_0.layer_norm.bias', new Float32Array(9)]]);
    await expect(openPredictor(runtime, model, longer)).rejects.toThrow('has 9 values, not [8]');
    const more = new Map([...weights, ['gcl_9.bias', new Float32Array(8)]]);
    await expect(openPredictor(runtime, model, more)).rejects.toThrow('this one has no gcl_9.bias');
  });
});

describe('a batch is refused', () => {
  const changed = (list: Float32Array, at: number, value: number): Float32Array => list.with(at, value);
  test.each<[string, Partial<SystemBatch>, string]>([
    ['without a body', { sizes: [5, 0, 19] }, 'system 1 has 0 bodies'],
    ['with too few positions', { positions: new Float32Array(69) }, 'positions: 69 numbers given, expected 24 × 3'],
    ['with too many charges', { charges: new Float32Array(25) }, 'charges: 25 numbers given, expected 24'],
    ['with NaN', { velocities: changed(systems.velocities, 20, Number.NaN) }, 'velocities of body 0 of system 2: NaN'],
    ['with infinity', { positions: changed(systems.positions, 71, -Infinity) }, 'body 1 of system 6: -Infinity'],
    [
      'with a short field',
      { fields: { magnetic: new Float32Array(3) } },
      'magnetic field: 3 numbers given, expected 7 × 3',
    ],
    [
      'with NaN in a field',
      { fields: { magnetic: new Float32Array(21).fill(Number.NaN, 4, 5) } },
      'field of system 1: NaN',
    ],
  ])('%s', (_, change, message) => {
    const check = (): void => checkBatch({ ...systems, ...change });
    expect(check).toThrow(UserError);
    expect(check).toThrow(message);
  });

  test('without a field that the network wants', () => {
    expect(() => checkBatch(systems, ['magnetic'])).not.toThrow();
    expect(() => checkBatch(systems, ['gravity'])).toThrow('the gravity field is missing');
  });
});

test('a batch is cut between systems, in order, each part below the limit where it can be', () => {
  const parts = splitBatch(systems, 20);
  expect(parts.map(({ sizes }) => sizes)).toEqual([[5, 1], [3, 3, 3], [7], [2]]);
  expect(parts.map(({ firstBody }) => firstBody)).toEqual([0, 6, 15, 22]);
  for (const name of ['positions', 'velocities', 'charges'] as const)
    expect(parts.flatMap((part) => [...part[name]])).toEqual([...systems[name]]);
  expect(parts.flatMap(({ fields }) => [...(fields?.magnetic ?? [])])).toEqual([...(systems.fields?.magnetic ?? [])]);
});
