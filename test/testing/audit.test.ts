import { expect, test } from 'vitest';
import type { FieldName, Predictor, SystemBatch } from '../../src/networks/index.js';
import { Rng } from '../../src/random/generator.js';
import { auditNetwork } from '../../src/testing/audit.js';

/** A predictor by its formula. */
const predictor = (formula: (x: number, v: number, k: number) => number, fields: readonly FieldName[] = []) => {
  const predict = ({ positions, velocities }: SystemBatch) =>
    Promise.resolve(positions.map((x, k) => formula(x, velocities[k], k)));
  return { fields, predict, close: () => Promise.resolve() } satisfies Predictor;
};
const options = () => ({ rng: Rng.fromSeed(1), systems: 3, bodies: 4 });

test('a straight line follows every motion', async () => {
  const { errors, worst } = await auditNetwork(
    predictor((x, v) => x + v),
    'egnn_vel',
    options(),
  );
  expect(Math.max(...Object.values(errors), worst)).toBeLessThan(1e-6);
});

test('each motion shows what does not follow it', async () => {
  const shifted = await auditNetwork(
    predictor((x, _, k) => (k % 3 === 0 ? x + 1 : x)),
    'gnn',
    options(),
  );
  expect(shifted.errors.rotation).toBeGreaterThan(0.1);
  expect(shifted.worst).toBe(shifted.errors.rotation);
  const scaled = await auditNetwork(
    predictor((x) => 2 * x),
    'gnn',
    options(),
  );
  expect(scaled.errors.translation).toBeGreaterThan(0.1);
  const ordered = await auditNetwork(
    predictor((x, v, k) => (k < 3 ? x + v : x)),
    'gnn',
    options(),
  );
  expect(ordered.errors.permutation).toBeGreaterThan(0.1);
  expect(ordered.errors.translation).toBeLessThan(1e-6);
});

test('the mirror does not count, and NaN counts as infinite', async () => {
  const nan = await auditNetwork(
    predictor(() => Number.NaN),
    'clof_vel',
    options(),
  );
  expect(nan).toMatchObject({ worst: Infinity, followsReflections: false });
  const mirrored = await auditNetwork(
    predictor((x, v) => x + v),
    'rf_vel',
    options(),
  );
  expect(mirrored.followsReflections).toBe(true);
});

test('the same seed tries the same', async () => {
  const shift = predictor((x, _, k) => (k % 3 === 0 ? x + 1 : x), ['gravity']);
  expect(await auditNetwork(shift, 'clof', options())).toEqual(await auditNetwork(shift, 'clof', options()));
});
