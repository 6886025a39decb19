import { coverageCurve } from './evaluate.js';
import type { Evaluation, EvaluationPair } from './evaluation.js';
import { internalDistributions } from './internal-distributions.js';
import { overlaysOf } from './report-overlays.js';
import type { ConformerReportData } from './report-types.js';

/** What a report on an evaluation shows. */
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
    overlays: overlaysOf(evaluation, pairs, molecules),
    notes,
  };
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;
