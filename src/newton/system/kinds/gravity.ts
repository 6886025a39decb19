import type { NumpyRandom } from '../../../random/numpy-random.js';
import { portableThirdPower } from '../../../random/portable-math.js';
import { drawNormals, type InitialState, outerProduct } from '../initial-state.js';
import { pairForces, pairPotential } from '../pair-forces.js';
import { type Laws, systemKind } from '../system-kind.js';

/** (1 + u)/(2 − u) of a uniform u: from ½ to 2, m as likely as 1/m, by arithmetic that is alike on all machines. */
const drawMass = (random: NumpyRandom): number => {
  const u = random.uniform();
  return (1 + u) / (2 - u);
};

/**
 * Velocities [3, n], turned into those of a bound system: the centre of mass rests, and twice the kinetic energy makes
 * up for the potential energy, as in a system that has come to rest as a whole (the virial theorem).
 */
function bind(vel: Float64Array, masses: Float64Array, potential: number): Float64Array {
  const n = masses.length;
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const mean = [0, 1, 2].map((axis) => masses.reduce((sum, mass, i) => sum + mass * vel[axis * n + i], 0) / total);
  const resting = vel.map((v, k) => v - mean[Math.floor(k / n)]);
  const twiceKinetic = resting.reduce((sum, v, k) => sum + masses[k % n] * v * v, 0);
  const scale = n === 1 ? 0 : Math.sqrt(-potential / twiceKinetic);
  return resting.map((v) => v * scale);
}

/** n uniforms for the masses, 3n normals for the positions, 3n for the velocities. */
function drawMasses(laws: Laws, random: NumpyRandom): InitialState {
  const { bodies } = laws;
  const masses = Float64Array.from({ length: bodies }, () => drawMass(random));
  const spread = portableThirdPower(bodies / 5);
  const loc = drawNormals(3 * bodies, random).map((value) => value * spread);
  const potential = -pairPotential(masses, laws)(loc);
  const vel = bind(drawNormals(3 * bodies, random), masses, potential);
  return { loc, vel, charges: masses, edges: outerProduct(masses) };
}

/**
 * Masses that attract each other, m_i m_j / (r² + ε) with G = 1, softened below a distance of 0.1. Their masses stand
 * where the charges of others do, as the charges of gravity. Forces are not limited: softening keeps them small, and
 * energy and momentum are kept.
 */
export const gravity = systemKind({
  name: 'gravity',
  title: 'masses that attract each other',
  files: { prefix: 'gravity', setting: 'small' },
  unitCharges: false,
  ownEdges: false,
  fields: {},
  softening: 0.01,
  hasCutoff: true,
  draw: drawMasses,
  forces({ charges: masses }, laws) {
    const apart = pairForces(masses, laws);
    const n = masses.length;
    return (loc, vel, force) => {
      apart(loc, vel, force);
      for (let k = 0; k < force.length; k++) force[k] /= -masses[k % n];
    };
  },
  potential({ charges: masses }, laws) {
    const apart = pairPotential(masses, laws);
    return (loc) => -apart(loc);
  },
  masses: (charges) => charges,
});
