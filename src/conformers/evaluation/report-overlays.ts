import { overlay } from '../../molecules/symmetry/best-rmsd.js';
import type { Evaluation, EvaluationPair } from './evaluation.js';
import type { MatchedPair, MoleculeOverlay } from './report-types.js';

/** References of a molecule to show in 3D. */
const PAIRS = 4;

/**
 * Generated conformers aligned to references, of so many molecules, from the best matched to the worst.
 * @param pairs those that were evaluated, in the same order
 */
export const overlaysOf = (
  evaluation: Evaluation,
  pairs: readonly EvaluationPair[],
  count: number,
): MoleculeOverlay[] => chosen(evaluation, count).map((choice) => overlayOf(evaluation, pairs[choice.number], choice));

interface Choice {
  readonly number: number;
  readonly label: string;
}

/** Molecules with an answer at even steps from the best matched to the worst. */
function chosen({ molecules }: Evaluation, count: number): Choice[] {
  const order = molecules
    .map((molecule, number) => ({ molecule, number }))
    .filter(({ molecule }) => molecule.answered)
    .sort((a, b) => a.molecule.scores.recall.amr - b.molecule.scores.recall.amr);
  const places = Array.from({ length: count }, (_, k) => Math.round((k / Math.max(1, count - 1)) * (order.length - 1)));
  return [...new Set(places)]
    .filter((place) => place < order.length && place >= 0)
    .map((place) => {
      const { number, molecule } = order[place];
      return { number, label: `${molecule.scores.recall.amr.toFixed(2)} Å` };
    });
}

function overlayOf(evaluation: Evaluation, pair: EvaluationPair, { number, label }: Choice): MoleculeOverlay {
  const { reference, generated } = pair;
  const nearest = evaluation.molecules[number].nearest;
  const order = Array.from(nearest?.ofReferences.keys() ?? []);
  order.sort((a, b) => (nearest?.ofReferences[a] ?? 0) - (nearest?.ofReferences[b] ?? 0));
  const pairs = spread(order, PAIRS).map((k): MatchedPair => {
    const best = nearest?.bestGenerated[k] ?? 0;
    const laid = overlay(reference.molecule, reference.conformers[k], generated.positions[best], {
      symmetrizeConjugatedTerminalGroups: evaluation.symmetrize,
    });
    return {
      numbers: [k, best],
      reference: reference.conformers[k],
      generated: laid.coordinates,
      rmsd: laid.rmsd,
    };
  });
  return { number, label, molecule: reference.molecule, pairs };
}

/** So many items at even steps, the first and the last among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, k) => items[Math.round((k / (count - 1)) * (items.length - 1))]);
}
