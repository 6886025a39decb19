import type { Simulation } from './system.js';

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
