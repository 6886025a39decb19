import type { NumpyRandom } from '../../random/numpy-random.js';
import type { Fields } from './field-vectors.js';
import type { ForceField } from './force-field.js';
import type { Bodies, InitialState } from './initial-state.js';

/** The numbers in the laws of motion of a system. */
export interface Laws {
  /** Number of bodies, at least 1. */
  readonly bodies: number;
  /** Length of a time step; published: 0.001. */
  readonly timeStep: number;
  /** What is added to every squared distance before its power is taken. */
  readonly softening: number;
  /** Pairs that are farther apart do not act on each other; without it all do. */
  readonly cutoff?: number;
}

/**
 * All that there is to know of a kind of system, in one record; `kinds.ts` gathers them. Files, commands, reports and
 * warnings follow from it.
 */
export interface SystemKindRecord<Name extends string = string> {
  readonly name: Name;
  /** What its systems are, in the plural: `charges under gravity`. */
  readonly title: string;
  /** How the files of its sets begin, and what follows the number of bodies: `charged5_initvel1static`. */
  readonly files: { readonly prefix: string; readonly setting: string };
  /** Whether all charges are 1 or −1. */
  readonly unitCharges: boolean;
  /** Whether the numbers of pairs say more than the charges do: which bodies are joined. */
  readonly ownEdges: boolean;
  /** The external fields that act on all bodies. */
  readonly fields: Fields;
  /** Softening, where it is not the protocol's. */
  readonly softening?: number;
  /** Whether the forces of pairs may be cut off at a distance. */
  readonly hasCutoff: boolean;
  /** Draws where a trajectory starts. */
  draw(laws: Laws, random: NumpyRandom): InitialState;
  /** What accelerates every body. */
  forces(bodies: Bodies, laws: Laws): ForceField;
  /** The potential energy of positions [3, n]: its slope is the force, while that is not limited. */
  potential(bodies: Bodies, laws: Laws): (loc: Float64Array) => number;
  /** The mass of every body [n], from its charges; 1 by default. */
  masses?(charges: Float64Array): Float64Array;
}

/** Makes a record, its name inferred. */
export const systemKind = <const Name extends string>(record: SystemKindRecord<Name>): SystemKindRecord<Name> => record;

/** No component of a published force gets larger than this: 100 at the published time step. */
export const forceLimit = ({ timeStep }: Pick<Laws, 'timeStep'>): number => 0.1 / timeStep;
