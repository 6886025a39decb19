import { UserError } from '../../common/errors.js';
import type { Rng } from '../../random/generator.js';
import { namedSet } from '../data/set-name.js';
import { type FieldName, fieldNames } from '../networks/system.js';
import { kindNamed } from '../system/kinds.js';
import type { NewtonConfig } from './config.js';

/** What may be done to examples, by a coin each time that one is drawn: each gives another motion that obeys the same laws. */
export interface Augmentation {
  /** The mirror image: x → −x, v → −v. */
  readonly mirror: boolean;
  /** Time runs backwards: from the last snapshot, with turned velocities, to the first. */
  readonly reverse: boolean;
}

/** What is done to each example of a batch: −1 where it is mirrored, −1 where it is reversed. */
export type Signs = Readonly<Record<keyof Augmentation, Int8Array>>;

/** Nothing is done. */
export const unchanged = (count: number): Signs => ({
  mirror: new Int8Array(count).fill(1),
  reverse: new Int8Array(count).fill(1),
});

/** Tosses the coins of some examples: for each the same by the same stream, whichever others there are. */
export function drawSigns({ mirror, reverse }: Augmentation, stream: Rng, examples: Int32Array): Signs {
  const signs = unchanged(examples.length);
  for (let k = 0; k < examples.length; k++) {
    const bits = stream.bitsAt(examples[k]);
    if (mirror && bits >>> 31 === 1) signs.mirror[k] = -1;
    if (reverse && (bits & 1) === 1) signs.reverse[k] = -1;
  }
  return signs;
}

/**
 * The one motion that turns a field around. A force as gravity is turns in the mirror; a magnetic field, being made by
 * currents, does not, but where time runs backwards.
 */
export const turnedBy: Readonly<Record<FieldName, keyof Augmentation>> = { gravity: 'mirror', magnetic: 'reverse' };

/**
 * A network that does not see a field learns from data in which it is always the same; and how a further vector behaves
 * in a mirror, or where time runs backwards, nobody says.
 * @throws UserError for a motion that would turn such a field around, and beside further vectors
 */
export function requireFollowingFields({ model, data }: Pick<NewtonConfig, 'model' | 'data'>): void {
  const requested = (['mirror', 'reverse'] as const).find((motion) => data[motion]);
  if (requested && model.vectors.length > 0) {
    const how = { mirror: 'in a mirror', reverse: 'where time runs backwards' }[requested];
    throw new UserError(
      `is not for networks that see ${model.vectors.join(', ')}: what becomes of such vectors ${how} is not known`,
      {
        about: `data.${requested}`,
        remedy: { setting: `data.${requested}`, action: 'omit' },
      },
    );
  }
  const { kind } = namedSet(data.name ?? '');
  const field = kind && fieldNames.find((name) => name in kindNamed(kind).fields);
  if (!field || model.fields.includes(field) || !data[turnedBy[field]]) return;
  const about = `data.${turnedBy[field]}`;
  const motion = { mirror: 'in a mirror', reverse: 'where time runs backwards' }[turnedBy[field]];
  throw new UserError(
    `is not for ${data.name}: its ${field} field turns around ${motion}, and the network does not see it`,
    {
      about,
      remedy: [
        { setting: 'model.fields', value: field },
        { setting: about, action: 'omit' },
      ],
    },
  );
}
