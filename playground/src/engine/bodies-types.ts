import type { FrameForm } from 'clofnet/geometry';
import type { SystemKind } from 'clofnet/newton';

/** The systems that the page offers. */
export type BodiesKind = Exclude<SystemKind, 'springs' | 'gravity'>;

/** What moves: it all follows from these. */
export interface BodiesChoice {
  readonly kind: BodiesKind;
  readonly bodies: number;
  readonly seed: number;
}

/**
 * The networks for systems in a magnetic field: one that knows nothing of it, as published, and one that gets the
 * field as an input. For other systems there is the published one alone.
 */
export type NetworkName = 'published' | 'field';

/** What a network is asked: a system, as it stands. */
export interface Question {
  readonly choice: BodiesChoice;
  readonly pose: Pose;
  readonly network: NetworkName;
}

/** A simulated trajectory, for drawing. */
export interface BodiesMotion {
  readonly bodies: number;
  readonly snapshots: number;
  /** Steps of the simulation between two snapshots; snapshot k is step `stepsPerSnapshot` · (k + 1). */
  readonly stepsPerSnapshot: number;
  /** [snapshot, body, 3] */
  readonly positions: Float32Array;
  readonly charges: readonly number[];
  /** The snapshots that a network sees and foretells. */
  readonly input: number;
  readonly target: number;
  /** The middle of the bodies at the input snapshot: the system turns about it. */
  readonly centre: readonly number[];
  /** Where every body would be at the target if it went straight on, [body, 3]. */
  readonly straight: Float32Array;
  readonly field?: BodiesField;
}

/** What acts on all bodies alike. */
export interface BodiesField {
  readonly name: string;
  readonly vector: readonly number[];
  /** Whether it turns around in a mirror besides, as magnetic fields do. */
  readonly isPseudoVector: boolean;
}

/** How a system stands: mirrored in x or not, and then turned. */
export interface Pose {
  /** The rotation as a quaternion, [w, x, y, z]. */
  readonly turn: readonly number[];
  readonly isMirrored: boolean;
}

/** How far positions at the target are from what happens. */
export interface Errors {
  readonly meanSquaredError: number;
  readonly meanDistance: number;
}

/** What a network says of the system as it stands. */
export interface BodiesPrediction {
  /** Where the network sees the bodies at the target, [body, 3]. */
  readonly predicted: Float32Array;
  /** What it says of the system as it was, moved like the system, [body, 3]. */
  readonly followed: Float32Array;
  /** Where the bodies will be, [body, 3]. */
  readonly truth: Float32Array;
  /** The largest distance between `predicted` and `followed`, relative to the size of the system. */
  readonly equivarianceError: number;
  readonly errors: { readonly network: Errors; readonly straight: Errors };
  readonly network: NetworkFacts;
}

/** What there is to say of a trained network. */
export interface NetworkFacts {
  /** What people call it. */
  readonly title: string;
  /** Whether its prediction for a mirror image is the mirror image of its prediction. */
  readonly followsReflections: boolean;
  /** The name of its weight file. */
  readonly weights: string;
  /** The number of bodies of the systems that it has learned on. */
  readonly learnedOn?: number;
  /** How this system differs from those that it has learned on, if it does. */
  readonly note?: string;
}

/** Two bodies: i receives, j sends. */
export type Pair = readonly [i: number, j: number];

/** The local frame of a pair at the input snapshot. */
export interface PairFrame {
  /** Where the bodies are, 3 numbers each. */
  readonly ends: readonly [readonly number[], readonly number[]];
  /** a, b and c, 3 numbers each. */
  readonly axes: readonly (readonly number[])[];
  /** The components of x_i, x_j (from the middle), v_i and v_j on a, b and c. */
  readonly scalars: readonly (readonly number[])[];
  readonly form: FrameForm;
}

/** A system as it stands at the input snapshot, for the command line. */
export interface BodiesFile {
  readonly name: string;
  readonly text: string;
  /** The commands that make the same numbers. */
  readonly commands: readonly string[];
}
