import { expect, test } from 'vitest';
import { FOLLOWS_ALL, TELLS_MIRRORS } from '../../src/networks/backbone.js';
import type { Sample } from '../../src/networks/geometric-function.js';
import { createModel, type SystemBatch, systemFunction, systemSubject } from '../../src/newton/networks/index.js';
import { Rng } from '../../src/random/generator.js';
import { auditNetwork } from '../../src/testing/audit.js';

/** What the network would be, whose predictions are given by a formula. */
const network = systemFunction({ name: 'egnn_vel', model: createModel({ model: 'egnn_vel', hidden: 4, layers: 1 }) });

const audit = (formula: (x: number, v: number, k: number) => number, follows = FOLLOWS_ALL) => {
  const predict = ({ positions, velocities }: SystemBatch): Float32Array =>
    positions.map((x, k) => formula(x, velocities[k], k));
  const { run } = systemSubject(predict);
  const opened = { run: async (sample: Sample) => ({ predicted_positions: await run(sample) }) };
  return auditNetwork({ ...network, follows }, opened, { rng: Rng.fromSeed(1), graphs: 3, nodes: 4 });
};

test('a straight line follows every motion', async () => {
  const { errors, worst, sizes } = await audit((x, v) => x + v);
  expect(Math.max(...Object.values(errors), worst)).toBeLessThan(1e-6);
  expect(sizes).toEqual([4, 4, 4]);
});

test('each motion shows what does not follow it', async () => {
  const shifted = await audit((x, _, k) => (k % 3 === 0 ? x + 1 : x));
  expect(shifted.errors.rotation).toBeGreaterThan(0.1);
  expect(shifted.worst).toBe(shifted.errors.rotation);
  const scaled = await audit((x) => 2 * x);
  expect(scaled.errors.translation).toBeGreaterThan(0.1);
  const ordered = await audit((x, v, k) => (k < 3 ? x + v : x));
  expect(ordered.errors.permutation).toBeGreaterThan(0.1);
  expect(ordered.errors.translation).toBeLessThan(1e-6);
});

test('the mirror does not count, and NaN counts as infinite', async () => {
  const nan = await audit(() => Number.NaN, TELLS_MIRRORS);
  expect(nan).toMatchObject({ worst: Infinity, followsReflections: false });
  const mirrored = await audit((x, v) => x + v);
  expect(mirrored.followsReflections).toBe(true);
});

test('the same seed tries the same', async () => {
  const shift = () => audit((x, _, k) => (k % 3 === 0 ? x + 1 : x));
  expect(await shift()).toEqual(await shift());
});
