import type { NumpyRandom } from '../../../random/numpy-random.js';
import { type ForceField, limited } from '../force-field.js';
import { drawNormals } from '../initial-state.js';
import { reflect, withSpeed } from '../published-start.js';
import { forceLimit, systemKind } from '../system-kind.js';

/** Springs pull with this times the distance. */
const STRENGTH = 0.1;
/** Spread of the positions, as in Kipf et al. */
const SPREAD = 0.5;

/** An n × n matrix of which the lower triangle counts. */
function drawSprings(bodies: number, random: NumpyRandom): Float64Array {
  const drawn = Float64Array.from({ length: bodies * bodies }, () => random.choice([0, 1], [0.5, 0.5]));
  return drawn.map((_, index) => {
    const row = Math.floor(index / bodies);
    const column = index % bodies;
    return row === column ? 0 : drawn[Math.max(row, column) * bodies + Math.min(row, column)];
  });
}

/** F_i = −k Σ_j edge_ij (x_i − x_j), with k = {@link STRENGTH}. */
function springForces(edges: Float64Array, n: number): ForceField {
  return (loc, _vel, force) => {
    force.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const pull = -STRENGTH * edges[i * n + j];
        for (let axis = 0; axis < 3; axis++) {
          force[axis * n + i] += pull * (loc[axis * n + i] - loc[axis * n + j]);
        }
      }
    }
  };
}

/** ½ k Σ_{i<j} edge_ij |x_i − x_j|². */
function springEnergy(edges: Float64Array, n: number, loc: Float64Array): number {
  let energy = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      for (let axis = 0; axis < 3; axis++) {
        energy += (STRENGTH / 2) * edges[i * n + j] * (loc[axis * n + i] - loc[axis * n + j]) ** 2;
      }
    }
  }
  return energy;
}

/** Every pair is joined by a spring with probability ½ (Kipf et al. 2018, arXiv 1802.04687, section 5.1). */
export const springs = systemKind({
  name: 'springs',
  title: 'bodies on springs',
  files: { prefix: 'springs', setting: 'small' },
  unitCharges: true,
  ownEdges: true,
  fields: {},
  hasCutoff: false,
  draw({ bodies }, random) {
    const charges = new Float64Array(bodies).fill(1);
    const edges = drawSprings(bodies, random);
    const loc = drawNormals(3 * bodies, random).map((value) => value * SPREAD);
    const vel = withSpeed(drawNormals(3 * bodies, random));
    reflect(loc, vel);
    return { loc, vel, charges, edges };
  },
  forces: ({ edges }, laws) => limited(springForces(edges, laws.bodies), forceLimit(laws)),
  potential:
    ({ edges }, { bodies }) =>
    (loc) =>
      springEnergy(edges, bodies, loc),
});
