import { describe, expect, it } from 'vitest';
import type { TrajectorySet } from '../../../src/newton/data/trajectory-set.js';
import { simulate } from '../../../src/newton/simulation/simulate.js';
import { symmetryLimit } from '../../../src/newton/simulation/symmetry-limit.js';
import type { SystemKind } from '../../../src/newton/system/kinds.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { Rng } from '../../../src/random/generator.js';

const law = (kind: SystemKind) => defineSimulation({ kind, protocol: 'clofnet', bodies: 2, steps: 1001 });

/** Two opposite charges at that distance, which start to move around each other at that speed. */
function pair(kind: SystemKind, distance: number, speed: number): TrajectorySet {
  const axis = [0.48, 0.6, 0.64];
  const across = [0.8, 0, -0.6];
  const halves = (vector: number[], length: number): number[] =>
    vector.flatMap((x) => [(x * length) / 2, (-x * length) / 2]);
  return simulate(law(kind), [
    {
      loc: Float64Array.from(halves(axis, distance)),
      vel: Float64Array.from(halves(across, speed)),
      charges: Float64Array.of(1, -1),
      edges: Float64Array.of(1, -1, -1, 1),
    },
  ]);
}

const limitOf = (kind: SystemKind, set: TrajectorySet, seed = 1) =>
  symmetryLimit(law(kind), set, { start: 2, end: 8, rng: Rng.fromSeed(seed) });

describe('the limit of symmetry', () => {
  it.each(['charged', 'static', 'dynamic'] as const)('is zero where no force is limited: %s', async (kind) => {
    const { meanSquaredError, share, systems } = await limitOf(kind, pair(kind, 1, 1.4));
    expect(meanSquaredError).toBeLessThan(1e-20);
    expect({ share, systems }).toEqual({ share: 0, systems: 1 });
  });

  it('is there where a close encounter is', async () => {
    const { meanSquaredError, share } = await limitOf('charged', pair('charged', 0.2, 0.5));
    expect(meanSquaredError).toBeGreaterThan(1e-3);
    expect(share).toBe(1);
  });

  it('is the same from the same seed', async () => {
    const set = pair('charged', 0.2, 0.5);
    expect(await limitOf('charged', set, 3)).toEqual(await limitOf('charged', set, 3));
    expect(await limitOf('charged', set, 4)).not.toEqual(await limitOf('charged', set, 3));
  });
});
