import { defineSimulation, drawInitialStates, type SystemBatch, simulate, UserError } from 'clofnet';
import { applyRotation, type Matrix3, rotationOf } from 'clofnet/geometry';
import {
  type FramePairs,
  frames as framePairs,
  GRAVITY,
  MAGNETIC_FIELD,
  PUBLISHED_FRAMES,
  straightLine,
  TIME_STEP,
  type TrajectorySet,
} from 'clofnet/newton';
import type { BodiesChoice, BodiesField, BodiesKind, BodiesMotion, Pose } from './bodies-types.js';

/** Smooth to look at; the published sets store every hundredth step. */
const STEPS_PER_FRAME = 10;
const PUBLISHED_STEPS_PER_FRAME = 100;

/** A frame of the published layout as a frame of ours: both are at the same step. */
const frameOf = (published: number): number => ((published + 1) * PUBLISHED_STEPS_PER_FRAME) / STEPS_PER_FRAME - 1;

const FRAMES = { input: frameOf(PUBLISHED_FRAMES.input), target: frameOf(PUBLISHED_FRAMES.target) };

const fields: Readonly<Record<BodiesKind, BodiesField | undefined>> = {
  charged: undefined,
  static: { name: 'gravity', vector: GRAVITY, isPseudoVector: false },
  dynamic: { name: 'magnetic field', vector: MAGNETIC_FIELD, isPseudoVector: true },
};

/** A system with what a network is asked about it. */
export interface BodiesSystem {
  readonly choice: BodiesChoice;
  readonly motion: BodiesMotion;
  /** The system at the input frame, without fields. */
  readonly batch: SystemBatch;
  /** Where its bodies are at the target, [body, 3]. */
  readonly targets: Float32Array;
}

/**
 * Simulates a test trajectory of a seed, one of those of `clofnet newton simulate --train 0 --valid 0`.
 * @param number which one, from 0
 * @throws UserError for a number of bodies or a seed that there is not
 */
export function simulateBodies(choice: BodiesChoice, number = 0): BodiesSystem {
  const { kind, bodies, seed } = choice;
  if (!Number.isInteger(bodies) || bodies < 2 || bodies > 20)
    throw new UserError(`the number of bodies must be a whole number from 2 to 20, not ${bodies}`);
  const simulation = defineSimulation({ kind, protocol: 'clofnet', bodies, sampleEvery: STEPS_PER_FRAME });
  const states = drawInitialStates(simulation, { train: 0, valid: 0, test: number + 1 }, seed);
  const set = simulate(simulation, states.test.slice(number));
  const pairs = framePairs(set, FRAMES);
  const { positions, velocities, charges, targets } = pairs;
  const batch = { sizes: [bodies], positions, velocities, charges, fields: {} };
  return { choice, motion: motionOf(choice, set, pairs), batch, targets };
}

function motionOf({ kind, bodies }: BodiesChoice, set: TrajectorySet, pairs: FramePairs): BodiesMotion {
  const { positions } = pairs;
  return {
    bodies,
    frames: set.frames,
    stepsPerFrame: STEPS_PER_FRAME,
    positions: allPositions(set),
    charges: [...pairs.charges],
    ...FRAMES,
    centre: [0, 1, 2].map((axis) => positions.reduce((sum, x, k) => sum + (k % 3 === axis ? x / bodies : 0), 0)),
    straight: straightLine(pairs, (FRAMES.target - FRAMES.input) * STEPS_PER_FRAME * TIME_STEP),
    field: fields[kind],
  };
}

/** Positions as [frame, body, 3]. */
function allPositions({ loc, frames, bodies }: TrajectorySet): Float32Array {
  const positions = new Float32Array(loc.length);
  for (let frame = 0; frame < frames; frame++) {
    const from = 3 * bodies * frame;
    for (let k = 0; k < 3 * bodies; k++) positions[from + k] = loc[from + (k % 3) * bodies + Math.floor(k / 3)];
  }
  return positions;
}

/** What a pose does to vectors; in a mirrored one x has the other sign first. */
export function matrixOf({ turn, isMirrored }: Pose): Matrix3 {
  const rotation = rotationOf([...turn]);
  return isMirrored ? rotation.map((x, k) => (k % 3 === 0 ? -x : x)) : rotation;
}

/** Vectors [n, 3] as they are in a pose. */
export const posed = (pose: Pose, vectors: Float32Array): Float32Array => applyRotation(matrixOf(pose), vectors);
