import { UserError } from '../../common/errors.js';
import type { TrajectorySet } from './trajectory-set.js';

/** Which frames of a trajectory a network sees and has to foretell. */
export interface FrameChoice {
  /** Frame whose positions and velocities go in, from 0; published: 30. */
  readonly input: number;
  /** Frame whose positions are to come out; published: 40. */
  readonly target: number;
  /** Only the first so many trajectories; all by default. */
  readonly count?: number;
}

/** The published choice. */
export const PUBLISHED_FRAMES = { input: 30, target: 40 } as const;

/**
 * Networks foretell: what they are to predict must come after what they see.
 * @throws UserError where it does not
 */
export function requireLaterTarget({ input, target }: Pick<FrameChoice, 'input' | 'target'>): void {
  if (target === input) throw new UserError(`input and target are both frame ${input}: there is nothing to predict`);
  if (target < input)
    throw new UserError(`the target, frame ${target}, comes before the input, frame ${input}; take a later one`);
}

/** Inputs and targets for training, body by body. */
export interface FramePairs {
  /** Number of trajectories. */
  readonly count: number;
  readonly bodies: number;
  /** [trajectory, body, 3] */
  readonly positions: Float32Array;
  /** [trajectory, body, 3] */
  readonly velocities: Float32Array;
  /** [trajectory, body, 3] */
  readonly targets: Float32Array;
  /** [trajectory, body] */
  readonly charges: Float32Array;
}

/**
 * Takes one pair of frames from each trajectory.
 *
 * @throws UserError for a frame or a number of trajectories that the set does not have
 */
export function frames(set: TrajectorySet, choice: FrameChoice = PUBLISHED_FRAMES): FramePairs {
  const { input, target, count = set.trajectories } = choice;
  checkFrame('input', input, set.frames);
  checkFrame('target', target, set.frames);
  if (!Number.isSafeInteger(count) || count < 1 || count > set.trajectories) {
    throw new UserError(`${count} trajectories were asked for; the set has ${set.trajectories}`);
  }
  return {
    count,
    bodies: set.bodies,
    positions: pickFrame(set, set.loc, input, count),
    velocities: pickFrame(set, set.vel, input, count),
    targets: pickFrame(set, set.loc, target, count),
    charges: Float32Array.from(set.charges.subarray(0, count * set.bodies)),
  };
}

function checkFrame(which: string, frame: number, frames: number): void {
  if (Number.isSafeInteger(frame) && frame >= 0 && frame < frames) return;
  throw new UserError(`there is no ${which} frame ${frame}: trajectories have frames 0 to ${frames - 1}`);
}

/** [trajectory, frame, 3, n] → [trajectory, n, 3] at one frame. */
function pickFrame(set: TrajectorySet, values: Float64Array, frame: number, count: number): Float32Array {
  const n = set.bodies;
  const picked = new Float32Array(count * n * 3);
  for (let t = 0; t < count; t++) {
    const from = (t * set.frames + frame) * 3 * n;
    for (let k = 0; k < 3 * n; k++) picked[t * 3 * n + (k % n) * 3 + Math.floor(k / n)] = values[from + k];
  }
  return picked;
}
