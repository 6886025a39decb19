import { type ForceField, limited, sum } from '../force-field.js';
import { pairForces, pairPotential } from '../pair-forces.js';
import { forceLimit, systemKind } from '../system-kind.js';
import { drawCharged } from './charged.js';

/** L+ES: the magnetic field B of the force q v × B. */
export const MAGNETIC_FIELD: readonly [number, number, number] = [0.5, 0.5, 0.5];

/** q v × B. */
function lorentz(charges: Float64Array): ForceField {
  const n = charges.length;
  const [bx, by, bz] = MAGNETIC_FIELD;
  return (_loc, vel, force) => {
    for (let i = 0; i < n; i++) {
      const [vx, vy, vz] = [vel[i], vel[n + i], vel[2 * n + i]];
      force[i] += (vy * bz - vz * by) * charges[i];
      force[n + i] += (vz * bx - vx * bz) * charges[i];
      force[2 * n + i] += (vx * by - vy * bx) * charges[i];
    }
  };
}

/** Charges in a constant magnetic field (L+ES), which does no work. */
export const dynamic = systemKind({
  name: 'dynamic',
  title: 'charges in a magnetic field',
  files: { prefix: 'charged', setting: 'dynamic' },
  unitCharges: true,
  ownEdges: false,
  fields: { magnetic: MAGNETIC_FIELD },
  hasCutoff: true,
  draw: drawCharged,
  forces: ({ charges }, laws) => limited(sum(pairForces(charges, laws), lorentz(charges)), forceLimit(laws)),
  potential: ({ charges }, laws) => pairPotential(charges, laws),
});
