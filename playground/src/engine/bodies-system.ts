import { defineSimulation, drawInitialStates, type SystemBatch, simulate, UserError } from 'clofnet';
import { applyRotation, type Matrix3, rotationOf } from 'clofnet/geometry';
import {
  GRAVITY,
  MAGNETIC_FIELD,
  PUBLISHED_SNAPSHOTS,
  type SnapshotPairs,
  snapshotPairs,
  straightLine,
  TIME_STEP,
  type TrajectorySet,
} from 'clofnet/newton';
import type { BodiesChoice, BodiesField, BodiesKind, BodiesMotion, Pose } from './bodies-types.js';

/** Smooth to look at; the published sets store every hundredth step. */
const STEPS_PER_SNAPSHOT = 10;
const PUBLISHED_STEPS_PER_SNAPSHOT = 100;

/** A snapshot of the published layout as a snapshot of ours: both are at the same step. */
const frameOf = (published: number): number =>
  ((published + 1) * PUBLISHED_STEPS_PER_SNAPSHOT) / STEPS_PER_SNAPSHOT - 1;

const SNAPSHOTS = { input: frameOf(PUBLISHED_SNAPSHOTS.input), target: frameOf(PUBLISHED_SNAPSHOTS.target) };

const fields: Readonly<Record<BodiesKind, BodiesField | undefined>> = {
  charged: undefined,
  static: { name: 'gravity', vector: GRAVITY, isPseudoVector: false },
  dynamic: { name: 'magnetic field', vector: MAGNETIC_FIELD, isPseudoVector: true },
};

/** A system with what a network is asked about it. */
export interface BodiesSystem {
  readonly choice: BodiesChoice;
  readonly motion: BodiesMotion;
  /** The system at the input snapshot, without fields. */
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
  const simulation = defineSimulation({ kind, protocol: 'clofnet', bodies, sampleEvery: STEPS_PER_SNAPSHOT });
  const states = drawInitialStates(simulation, { train: 0, valid: 0, test: number + 1 }, seed);
  const set = simulate(simulation, states.test.slice(number));
  const pairs = snapshotPairs(set, SNAPSHOTS);
  const { positions, velocities, charges, targets } = pairs;
  const batch = { sizes: [bodies], positions, velocities, charges, fields: {} };
  return { choice, motion: motionOf(choice, set, pairs), batch, targets };
}

function motionOf({ kind, bodies }: BodiesChoice, set: TrajectorySet, pairs: SnapshotPairs): BodiesMotion {
  const { positions } = pairs;
  return {
    bodies,
    snapshots: set.snapshots,
    stepsPerSnapshot: STEPS_PER_SNAPSHOT,
    positions: allPositions(set),
    charges: [...pairs.charges],
    ...SNAPSHOTS,
    centre: [0, 1, 2].map((axis) => positions.reduce((sum, x, k) => sum + (k % 3 === axis ? x / bodies : 0), 0)),
    straight: straightLine(pairs, (SNAPSHOTS.target - SNAPSHOTS.input) * STEPS_PER_SNAPSHOT * TIME_STEP),
    field: fields[kind],
  };
}

/** Positions as [snapshot, body, 3]. */
function allPositions({ loc, snapshots, bodies }: TrajectorySet): Float32Array {
  const positions = new Float32Array(loc.length);
  for (let snapshot = 0; snapshot < snapshots; snapshot++) {
    const from = 3 * bodies * snapshot;
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
