import type { Molecule } from '../../molecules/molecule.js';
import type { Rng } from '../../random/generator.js';

/** A shape of a molecule: ångström, [atoms · 3], right in stereo; undefined where none is found. */
export type ShapeOf = (molecule: Molecule, rng: Rng) => Float32Array | undefined;

/** What sampling starts from. A new one is a record like this, and a line in `sampling/methods.ts`. */
export interface Start {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The highest noise level from here unless another one is requested, in ångström. */
  readonly sigma: number;
  /**
   * A shape to put noise on. Absent where sampling starts from noise alone.
   * @param byRules makes shapes by rules; given here, so that the record, which help texts read too, loads none of them
   */
  readonly shape?: (
    molecule: Molecule,
    rng: Rng,
    byRules: ShapeOf,
  ) => ReturnType<ShapeOf> | Promise<ReturnType<ShapeOf>>;
}
