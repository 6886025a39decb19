import { BestRmsd, type Shape } from '../../molecules/symmetry/best-rmsd.js';
import { inOrder, matchAtoms } from '../../molecules/symmetry/match-graph.js';
import { boltzmannWeights, normalizedWeights, relativeEnergies } from './boltzmann.js';
import type { Ensemble } from './ensemble.js';

/** Heavy atoms that lie nearer to each other than this RMSD, in ångström, lie alike. */
const SAME_SHAPE = 0.01;
/** And so do all atoms, if the mean distance between two differs by less than this: hydrogens may be turned. */
const SAME_SIZE = 0.002;

/**
 * The conformers of two ensembles of one molecule in one, in the atom order of the first; those that both have are
 * there once. Energies stay over the lowest of their own ensemble, whose zero is taken to be the same.
 *
 * @returns undefined where the two are different molecules
 */
export function mergeEnsembles(first: Ensemble, second: Ensemble): Ensemble | undefined {
  const added = inOrderOf(first, second);
  if (!added) return undefined;
  const rmsd = new BestRmsd(first.molecule);
  const known = first.conformers.map((conformer) => looksOf(rmsd, conformer));
  const isNew = added.map((conformer) => {
    const own = looksOf(rmsd, conformer);
    return !known.some((other) => {
      return Math.abs(own.size - other.size) < SAME_SIZE && rmsd.between(own.shape, other.shape) < SAME_SHAPE;
    });
  });
  const pick = <T>(values: ArrayLike<T>): T[] => Array.from(values).filter((_, i) => isNew[i]);
  const energies = first.energies && second.energies && [...first.energies, ...pick(second.energies)];
  return {
    molecule: first.molecule,
    conformers: [...first.conformers, ...pick(added)],
    ...(energies && { energies: relativeEnergies(energies), weights: boltzmannWeights(energies) }),
    level: first.level,
  };
}

/** The `most` conformers of lowest energy; without energies those of largest weight, without either the first ones. */
export function lowestConformers(ensemble: Ensemble, most: number): Ensemble {
  const { conformers, energies, weights } = ensemble;
  if (conformers.length <= most) return ensemble;
  const cost = (i: number): number => energies?.[i] ?? (weights ? -weights[i] : 0);
  const order = [...conformers.keys()].sort((a, b) => cost(a) - cost(b) || a - b).slice(0, most);
  const pick = (values: ArrayLike<number>): number[] => order.map((i) => values[i]);
  return {
    ...ensemble,
    conformers: order.map((i) => conformers[i]),
    ...(energies && { energies: relativeEnergies(pick(energies)) }),
    ...(weights && { weights: normalizedWeights(pick(weights)) }),
  };
}

/** What tells one conformer from another, whatever the order of like atoms. */
interface Looks {
  readonly shape: Shape;
  /** The mean distance of two atoms. */
  readonly size: number;
}

function looksOf(rmsd: BestRmsd, positions: Float32Array): Looks {
  const atoms = positions.length / 3;
  let sum = 0;
  for (let i = 0; i < positions.length; i += 3) {
    for (let j = 0; j < i; j += 3) {
      sum += Math.hypot(
        positions[i] - positions[j],
        positions[i + 1] - positions[j + 1],
        positions[i + 2] - positions[j + 2],
      );
    }
  }
  return { shape: rmsd.shape(positions), size: atoms > 1 ? (2 * sum) / (atoms * (atoms - 1)) : 0 };
}

/** The conformers of an ensemble with their atoms as another one of the same molecule has them. */
function inOrderOf({ molecule }: Ensemble, { molecule: other, conformers }: Ensemble): Float32Array[] | undefined {
  const [any] = conformers;
  if (any === undefined) return [];
  const match = matchAtoms(molecule, other.atomicNumbers, any, other.bonds);
  return match && conformers.map((conformer) => inOrder(conformer, match));
}
