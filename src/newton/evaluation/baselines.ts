import type { FrameChoice, FramePairs } from '../data/frames.js';
import { PUBLISHED_LENGTH, TIME_STEP } from '../system/system.js';

/** The time from the input frame to the target frame of a set in the published layout; 1 for the published choice. */
export function timeSpan({ input, target }: Pick<FrameChoice, 'input' | 'target'>): number {
  return (target - input) * PUBLISHED_LENGTH.sampleEvery * TIME_STEP;
}

/** The guess that every body goes on as it moves: x + v·t, [trajectory, body, 3]. */
export function straightLine(
  { positions, velocities }: Pick<FramePairs, 'positions' | 'velocities'>,
  time: number,
): Float32Array {
  return positions.map((x, k) => x + velocities[k] * time);
}
