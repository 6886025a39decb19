import type { SnapshotChoice, SnapshotPairs } from '../data/snapshots.js';
import { PUBLISHED_SPACING } from '../system/system.js';

/**
 * The time from the input snapshot to the target snapshot; 1 for the published choice.
 * @param choice `spacing`: the time between one snapshot and the next; default 0.1, as published
 */
export function timeSpan(choice: Pick<SnapshotChoice, 'input' | 'target'> & { readonly spacing?: number }): number {
  const { input, target, spacing = PUBLISHED_SPACING } = choice;
  return Number(((target - input) * spacing).toPrecision(12));
}

/** The guess that every body keeps its velocity: x + v·t, [trajectory, body, 3]. */
export function straightLine(
  { positions, velocities }: Pick<SnapshotPairs, 'positions' | 'velocities'>,
  time: number,
): Float32Array {
  return positions.map((x, k) => x + velocities[k] * time);
}
