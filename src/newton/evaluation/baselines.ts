import type { SnapshotChoice, SnapshotPairs } from '../data/snapshots.js';
import { PUBLISHED_LENGTH, TIME_STEP } from '../system/system.js';

/**
 * The time from the input snapshot to the target snapshot; 1 for the published choice.
 * @param spacing the time between two snapshots; default that of the published layout, 0.1
 */
export function timeSpan({ input, target }: Pick<SnapshotChoice, 'input' | 'target'>, spacing?: number): number {
  const snapshots = target - input;
  return spacing === undefined ? snapshots * PUBLISHED_LENGTH.sampleEvery * TIME_STEP : snapshots * spacing;
}

/** The guess that every body keeps its velocity: x + v·t, [trajectory, body, 3]. */
export function straightLine(
  { positions, velocities }: Pick<SnapshotPairs, 'positions' | 'velocities'>,
  time: number,
): Float32Array {
  return positions.map((x, k) => x + velocities[k] * time);
}
