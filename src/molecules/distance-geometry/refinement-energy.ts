import type { Objective } from '../../common/minimize.js';
import { addTorsions } from '../torsions/torsion-energy.js';
import { addVolumes } from './embedding-objectives.js';
import type { EmbeddingTerms } from './embedding-terms.js';

/** Force constants in kcal/mol/Å²: bonds, angles (as distances), what is stiff across more bonds, contacts. */
const [BOND, ANGLE, STIFF, CONTACT] = [300, 80, 40, 15];
/** Force constants of volumes, in kcal/mol/Å⁶. */
const [HAND, PLANE] = [2, 2];
/** Bounds this near to each other, in ångström, hold two atoms; wider ones only keep them apart. */
const NARROW = 0.5;

/** Pairs of atoms, and the springs that hold each between two distances. */
interface Springs {
  /** Where the coordinates of the two atoms of each begin. */
  readonly places: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly constant: Float64Array;
}

/** Positions [atoms, 3] under a rough force field, in kcal/mol. */
export interface Refinement {
  /** Lengths, angles, planes, hands, torsions, contacts. */
  readonly energy: Objective;
  /** The share of contacts: atoms that are nearer to each other than they should be. */
  readonly crowding: (x: Float64Array) => number;
}

export function refinement(terms: EmbeddingTerms): Refinement {
  const [held, contacts] = springsOf(terms);
  const { hands, planes, torsions } = terms;
  return {
    energy: (x, gradient) => {
      gradient.fill(0);
      const distances = addSprings(held, x, gradient) + addSprings(contacts, x, gradient);
      const volumes = addVolumes(hands, x, gradient, 3, HAND) + addVolumes(planes, x, gradient, 3, PLANE);
      return distances + volumes + addTorsions(torsions, x, gradient);
    },
    crowding: (x) => addSprings(contacts, x, new Float64Array(x.length)),
  };
}

/** What holds atoms together, and what only keeps them apart. */
function springsOf({ bounds, geometry }: EmbeddingTerms): [Springs, Springs] {
  const { atoms, separations } = geometry.topology;
  const held: number[][] = [];
  const contacts: number[][] = [];
  for (let i = 1; i < atoms; i++) {
    for (let j = 0; j < i; j++) {
      const separation = separations[i * atoms + j];
      const [low, high] = [bounds.lower[i * atoms + j], bounds.upper[i * atoms + j]];
      const middle = (low + high) / 2;
      if (separation === 1) held.push([i, j, middle, middle, BOND]);
      else if (separation === 2) held.push([i, j, (low + middle) / 2, (high + middle) / 2, ANGLE]);
      else if (high - low < NARROW) held.push([i, j, low, high, STIFF]);
      else if (low > 0) contacts.push([i, j, low, Infinity, CONTACT]);
    }
  }
  return [springs(held), springs(contacts)];
}

const springs = (rows: readonly (readonly number[])[]): Springs => ({
  places: Int32Array.from(rows.flatMap(([i, j]) => [3 * i, 3 * j])),
  lower: Float64Array.from(rows, ([, , low]) => low),
  upper: Float64Array.from(rows, ([, , , high]) => high),
  constant: Float64Array.from(rows, ([, , , , constant]) => constant),
});

/** Adds constant · (what a distance lacks or exceeds)². */
function addSprings({ places, lower, upper, constant }: Springs, x: Float64Array, gradient: Float64Array): number {
  let energy = 0;
  for (let k = 0; k < constant.length; k++) {
    const [p, q] = [places[2 * k], places[2 * k + 1]];
    const [a, b, c] = [x[p] - x[q], x[p + 1] - x[q + 1], x[p + 2] - x[q + 2]];
    const square = a * a + b * b + c * c;
    if (square >= lower[k] * lower[k] && square <= upper[k] * upper[k]) continue;
    const distance = Math.max(Math.sqrt(square), 1e-6);
    const excess = distance < lower[k] ? distance - lower[k] : distance - upper[k];
    energy += constant[k] * excess * excess;
    const scale = (2 * constant[k] * excess) / distance;
    gradient[p] += scale * a;
    gradient[p + 1] += scale * b;
    gradient[p + 2] += scale * c;
    gradient[q] -= scale * a;
    gradient[q + 1] -= scale * b;
    gradient[q + 2] -= scale * c;
  }
  return energy;
}
