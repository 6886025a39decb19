import type { NumpyRandom } from '../../../random/numpy-random.js';
import { portableThirdPower } from '../../../random/portable-math.js';
import { limited } from '../force-field.js';
import { drawNormals, type InitialState, outerProduct } from '../initial-state.js';
import { pairForces, pairPotential } from '../pair-forces.js';
import { reflect, withSpeed } from '../published-start.js';
import { forceLimit, type Laws, systemKind } from '../system-kind.js';

/**
 * Draws charges, 3n normals for the positions, 3n for the directions of the velocities: the published order, of all
 * systems with charges.
 */
export function drawCharged({ bodies }: Laws, random: NumpyRandom): InitialState {
  const charges = Float64Array.from({ length: bodies }, () => random.choice([-1, 1], [0.5, 0.5]));
  const spread = portableThirdPower(bodies / 5);
  const loc = drawNormals(3 * bodies, random).map((value) => value * spread);
  const vel = withSpeed(drawNormals(3 * bodies, random));
  reflect(loc, vel);
  return { loc, vel, charges, edges: outerProduct(charges) };
}

/** Coulomb forces alone (ES). */
export const charged = systemKind({
  name: 'charged',
  title: 'charges without an outer field',
  files: { prefix: 'charged', setting: 'small' },
  unitCharges: true,
  ownEdges: false,
  fields: {},
  hasCutoff: true,
  draw: drawCharged,
  forces: ({ charges }, laws) => limited(pairForces(charges, laws), forceLimit(laws)),
  potential: ({ charges }, laws) => pairPotential(charges, laws),
});
