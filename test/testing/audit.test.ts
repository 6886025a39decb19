import { describe, expect, it, test } from 'vitest';
import { FOLLOWS_ALL, TELLS_MIRRORS } from '../../src/networks/backbone.js';
import { type Outputs, openFunction, type Sample } from '../../src/networks/geometric-function.js';
import { createModel, type SystemBatch, systemFunction, systemSubject } from '../../src/newton/networks/index.js';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { auditNetwork } from '../../src/testing/audit.js';
import { allowedBeside, judgeEquivariance } from '../../src/testing/equivariance.js';
import { readTrained } from '../../src/trained/read-trained.node.js';

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

describe('the yardstick', () => {
  it('is 1e-5 where rounding does nothing, grows with it, and has an end', () => {
    expect(allowedBeside(0)).toBe(1e-5);
    expect(allowedBeside(1e-5)).toBeCloseTo(2.1e-4, 8);
    expect(allowedBeside(1)).toBeLessThan(0.2);
    expect(allowedBeside(Infinity)).toBe(1e-5);
  });

  it('is of every graph by itself: where one makes much of rounding, no other may miss', async () => {
    const subject = (push: number) =>
      systemSubject(({ positions: x, velocities, sizes }: SystemBatch) =>
        x.map((own, k) => {
          if (k >= 3 * sizes[0]) return own + velocities[k] + (k % 3 === 0 ? push : 0);
          const from = (axis: number): number => x[k - (k % 3) + axis] - x[axis];
          return own + (own - x[k % 3]) * Math.sin(1e4 * Math.hypot(from(0), from(1), from(2)));
        }),
      );
    const sample = network.sample(Rng.fromSeed(1), { graphs: 3, nodes: 4 });
    const judge = (push: number) =>
      judgeEquivariance(subject(push), sample, { rng: Rng.fromSeed(2), motions: ['rotation'] });
    const fine = await judge(0);
    expect(fine.errors.rotation).toBeGreaterThan(1e-4);
    expect(fine.worst.rotation.error).toBeLessThan(fine.worst.rotation.allowed);
    const pushed = await judge(1e-3);
    expect(20 * pushed.rounding).toBeGreaterThan(1e-3);
    expect(pushed.worst.rotation.error).toBeGreaterThan(10 * pushed.worst.rotation.allowed);
  });

  it('lets pass a propagator of 20 bodies, in which rounding grows, and none that misses by a thousandth', async () => {
    const { network: propagator, weights } = await readTrained('weights/propagator-all-es5-seed1.safetensors');
    const opened = await openFunction(await openRuntime(), propagator, weights);
    const options = { graphs: 8, nodes: 20 };
    const fine = await auditNetwork(propagator, opened, { rng: Rng.fromSeed(1), ...options });
    expect(fine.rounding).toBeGreaterThan(1e-5);
    expect(fine.passed).toBe(true);
    // By where a body is along an axis of the laboratory.
    const bend = ({ predicted_positions: to, ...others }: Outputs): Outputs => ({
      ...others,
      predicted_positions: to.map((x, k) => (k % 3 === 0 ? x + 1e-3 * Math.sin(x) : x)),
    });
    const bent = { run: async (sample: Sample) => bend(await opened.run(sample)) };
    const found = await auditNetwork(propagator, bent, { rng: Rng.fromSeed(1), ...options });
    expect(found.passed).toBe(false);
    expect(found.worst).toBeGreaterThan(5 * found.allowed);
    await opened.close();
  });
});
