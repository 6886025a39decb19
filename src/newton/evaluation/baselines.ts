import type { SnapshotChoice, SnapshotPairs } from '../data/snapshots.js';
import { PUBLISHED_SPACING } from '../system/system.js';

/** Two snapshots of a set. */
interface Span extends Pick<SnapshotChoice, 'input' | 'target'> {
  /** The time between one snapshot and the next, where it is not the published 0.1. */
  readonly spacing?: number;
}

/** The time from the input snapshot to the target snapshot; 1 for the published choice. */
export function timeSpan({ input, target, spacing = PUBLISHED_SPACING }: Span): number {
  return Number(((target - input) * spacing).toPrecision(12));
}

/** The guess that every body keeps its velocity: x + v·t, [trajectory, body, 3]. */
export function straightLine(
  { positions, velocities }: Pick<SnapshotPairs, 'positions' | 'velocities'>,
  time: number,
): Float32Array {
  return positions.map((x, k) => x + velocities[k] * time);
}
