import { overlay } from '../molecules/symmetry/best-rmsd.js';
import { coverageCurve } from './evaluate.js';
import type { Evaluation, EvaluationPair } from './evaluation.js';
import { internalDistributions } from './internal-distributions.js';
import type { ConformerReportData, MatchedPair, MoleculeOverlay } from './report-types.js';

export interface ConformerReportOptions {
  readonly title?: string;
  readonly command: string;
  /** Files, or what else the sets are called. */
  readonly references: string;
  readonly generated: string;
  readonly notes?: readonly string[];
  /** Molecules to show in 3D, from the best to the worst; 7 by default. */
  readonly molecules?: number;
}

/** References of a molecule to show in 3D. */
const PAIRS = 4;
/** Types of bonds, of angles and of torsions. */
const TYPES = 6;
/** Farthest δ of the curve, and its step, Å. */
const FARTHEST = 2;
const STEP = 0.05;

/**
 * What a report shows of an evaluation.
 * @param pairs those that were evaluated, in the same order
 */
export function buildConformerReport(
  evaluation: Evaluation,
  pairs: readonly EvaluationPair[],
  options: ConformerReportOptions,
): ConformerReportData {
  const { title, command, references, generated, notes = [], molecules = 7 } = options;
  const deltas = Array.from({ length: FARTHEST / STEP + 1 }, (_, k) => Number((k * STEP).toFixed(2)));
  const answered = pairs.filter((_, k) => evaluation.molecules[k].answered);
  return {
    title: title ?? `Conformers of ${fileName(generated)}`,
    command,
    references: fileName(references),
    generated: fileName(generated),
    evaluation,
    curve: coverageCurve(evaluation.molecules, deltas),
    distributions: internalDistributions(
      answered.map(({ reference, generated: found }) => ({
        molecule: reference.molecule,
        references: reference.conformers,
        generated: found.positions,
      })),
      TYPES,
    ),
    overlays: chosen(evaluation, molecules).map((choice) => overlayOf(evaluation, pairs[choice.number], choice)),
    notes,
  };
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;

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
