import { type Simulation, SYSTEM_KINDS, type SystemKind } from '../system/system.js';

/**
 * The published name of a set: `charged5_initvel1small`, `charged20_initvel1small_20body`,
 * `charged20_initvel1static_20body`, `charged20_initvel1dynamic_20body`; other sizes and springs follow suit.
 */
export function datasetName({ kind, bodies }: Pick<Simulation, 'kind' | 'bodies'>): string {
  const forces = kind === 'springs' ? 'springs' : 'charged';
  const setting = kind === 'static' || kind === 'dynamic' ? kind : 'small';
  const size = setting === 'small' && bodies === 5 ? '' : `_${bodies}body`;
  return `${forces}${bodies}_initvel1${setting}${size}`;
}

/** What moves the bodies of a set with a published name; undefined for every other name. */
export function kindOfSet(name: string): SystemKind | undefined {
  const [, forces, setting] = /^(charged|springs)\d+_initvel1(small|static|dynamic)(?:_|$)/.exec(name) ?? [];
  if (forces === 'springs') return setting === 'small' ? 'springs' : undefined;
  return setting === 'small' ? 'charged' : SYSTEM_KINDS.find((kind) => kind === setting);
}
