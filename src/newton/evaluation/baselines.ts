import type { SnapshotChoice, SnapshotPairs } from '../data/snapshots.js';
import { PUBLISHED_LENGTH, TIME_STEP } from '../system/system.js';

/**
 * The time from the input snapshot to the target snapshot of a set in the published layout; 1 for the published choice.
 */
export function timeSpan({ input, target }: Pick<SnapshotChoice, 'input' | 'target'>): number {
  return (target - input) * PUBLISHED_LENGTH.sampleEvery * TIME_STEP;
}

/** The guess that every body keeps its velocity: x + v·t, [trajectory, body, 3]. */
export function straightLine(
  { positions, velocities }: Pick<SnapshotPairs, 'positions' | 'velocities'>,
  time: number,
): Float32Array {
  return positions.map((x, k) => x + velocities[k] * time);
}
