import { kindNamed, type SystemKind, systemKinds } from '../system/kinds.js';
import type { Simulation } from '../system/system.js';

/**
 * The published name of a set: `charged5_initvel1small`, `charged20_initvel1small_20body`,
 * `charged20_initvel1static_20body`, `charged20_initvel1dynamic_20body`; other sizes and systems follow suit, and a
 * cutoff stands at the end, `charged100_initvel1small_100body_cutoff2`.
 */
export function datasetName({ kind, bodies, cutoff }: Pick<Simulation, 'kind' | 'bodies' | 'cutoff'>): string {
  const { prefix, setting } = kindNamed(kind).files;
  const size = setting === 'small' && bodies === 5 ? '' : `_${bodies}body`;
  return `${prefix}${bodies}_initvel1${setting}${size}${cutoff === undefined ? '' : `_cutoff${cutoff}`}`;
}

/** What the published name of a set says; nothing of what any other name says. */
export interface NamedSet {
  /** What moves its bodies. */
  readonly kind?: SystemKind;
  /** The number of bodies of a system. */
  readonly bodies?: number;
  /** Where the forces of pairs end. */
  readonly cutoff?: number;
}

/** Reads the name of a set. */
export function namedSet(name: string): NamedSet {
  const [, prefix, bodies, setting, rest = ''] = /^([a-z]+)(\d+)_(?:initvel1([a-z]+)(?:_(.+))?$)?/.exec(name) ?? [];
  const alike = systemKinds.filter(({ files }) => files.prefix === prefix);
  if (alike.length === 0) return {};
  const kind = alike.find(({ files }) => files.setting === setting)?.name;
  const cutoff = Number(/(?:^|_)cutoff([\d.e+-]+)$/.exec(rest)?.[1]);
  return { bodies: Number(bodies), ...(kind && { kind }), ...(kind && cutoff > 0 && { cutoff }) };
}
