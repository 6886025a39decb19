import type { SystemBatch } from '../../src/networks/system-batch.js';
import { Rng } from '../../src/random/generator.js';
import { randomSystems } from '../../src/testing/index.js';

const still = (sizes: readonly number[], positions: readonly number[]): SystemBatch => ({
  ...randomSystems(Rng.fromSeed(8), sizes, { speed: 0 }),
  positions: Float32Array.from(positions),
});

/** Systems at rest on which frames lose axes. */
export const degenerateSystems: Record<string, SystemBatch> = {
  'in line': still([4], [-0.6, 1, -1.6, -0.3, 0.5, -0.8, 0, 0, 0, 0.9, -1.5, 2.4]),
  'two bodies': still([2, 2], [1, 2, 3, 0, 2, -1, 0.2, 0.1, 0, 0.4, 0.4, 0]),
  'one body': still([1], [1, 2, 3]),
  'a ring around a body': still([5], [0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0]),
  coincident: still([4], [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]),
};
