import type { Molecule } from '../../molecules/molecule.js';
import type { Rng } from '../../random/generator.js';

/** What sampling starts from. A new one is a record like this, and a line in `sampling/methods.ts`. */
export interface Start {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The highest noise level from here unless another one is asked for, in ångström. */
  readonly sigma: number;
  /**
   * A shape to put noise on: ångström, [atoms · 3], right in stereo; undefined where none is found. Absent where
   * sampling starts from noise alone.
   */
  readonly shape?: (molecule: Molecule, rng: Rng) => Promise<Float32Array | undefined>;
}
