import { type ForceField, limited, sum } from '../force-field.js';
import { pairForces, pairPotential } from '../pair-forces.js';
import { forceLimit, systemKind } from '../system-kind.js';
import { drawCharged } from './charged.js';

/** G+ES: the constant force on every body. */
export const GRAVITY: readonly [number, number, number] = [0, 0, 0.098];

function constantForce(n: number): ForceField {
  return (_loc, _vel, force) => {
    for (let axis = 0; axis < 3; axis++) for (let i = 0; i < n; i++) force[axis * n + i] += GRAVITY[axis];
  };
}

/** Charges under constant gravity (G+ES). */
export const statics = systemKind({
  name: 'static',
  title: 'charges under gravity',
  files: { prefix: 'charged', setting: 'static' },
  unitCharges: true,
  ownEdges: false,
  fields: { gravity: GRAVITY },
  hasCutoff: true,
  draw: drawCharged,
  forces: ({ charges }, laws) =>
    limited(sum(pairForces(charges, laws), constantForce(charges.length)), forceLimit(laws)),
  potential({ charges }, laws) {
    const n = charges.length;
    const pairs = pairPotential(charges, laws);
    return (loc) => loc.reduce((energy, x, k) => energy - GRAVITY[Math.floor(k / n)] * x, pairs(loc));
  },
});
