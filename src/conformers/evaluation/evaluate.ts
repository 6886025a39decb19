import { mean } from '../../common/statistics.js';
import { Turns } from '../../common/turns.js';
import { average, coverageScores, summarizeCoverage } from './coverage.js';
import { evaluateMolecule } from './evaluate-molecule.js';
import type { Evaluation, EvaluationOptions, EvaluationPair, MoleculeEvaluation } from './evaluation.js';

/** How {@link evaluatePairs} measures. */
export interface EvaluateOptions extends EvaluationOptions {
  /** Called after each molecule. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Compares generated conformers with references, molecule by molecule, on the calling thread. */
export async function evaluatePairs(
  pairs: readonly EvaluationPair[],
  { onProgress, signal, ...options }: EvaluateOptions,
): Promise<Evaluation> {
  const molecules: MoleculeEvaluation[] = [];
  const turns = new Turns();
  for (const pair of pairs) {
    signal?.throwIfAborted();
    molecules.push(evaluateMolecule(pair, options));
    onProgress?.(molecules.length, pairs.length);
    await turns.pause(signal);
  }
  return summarizeEvaluation(molecules, options);
}

/** The figures over molecules, from those of each. */
export function summarizeEvaluation(
  molecules: readonly MoleculeEvaluation[],
  { thresholds, symmetrize = false }: EvaluationOptions,
): Evaluation {
  const answered = molecules.filter((molecule) => molecule.answered);
  const sum = (of: (molecule: MoleculeEvaluation) => number): number =>
    molecules.reduce((total, molecule) => total + of(molecule), 0);
  const generated = sum((molecule) => molecule.generated);
  const scoresOf = (some: readonly MoleculeEvaluation[]) =>
    summarizeCoverage(
      some.map(({ scores }) => scores),
      thresholds,
    );
  return {
    thresholds,
    symmetrize,
    molecules,
    answered: scoresOf(answered),
    all: scoresOf(molecules),
    mmd: summarizeMmd(molecules),
    counts: {
      molecules: molecules.length,
      answered: answered.length,
      references: sum(({ references }) => references),
      generated,
    },
    stereoRate: sum(({ rightIsomers }) => rightIsomers) / generated,
    validityRate: sum(({ valid }) => valid) / generated,
    seconds: costOf(molecules, 'seconds'),
    networkCalls: costOf(molecules, 'networkCalls'),
  };
}

function summarizeMmd(molecules: readonly MoleculeEvaluation[]): Evaluation['mmd'] {
  const found = molecules.flatMap(({ mmd }) => mmd ?? []);
  return {
    single: average(found.map(({ single }) => mean(single))),
    pair: average(found.map(({ pair }) => pair).filter((value) => !Number.isNaN(value))),
    all: average(found.map(({ all }) => all)),
  };
}

/** The mean over conformers; null unless all molecules that have some say. */
function costOf(molecules: readonly MoleculeEvaluation[], name: 'seconds' | 'networkCalls'): number | null {
  const told = molecules.filter(({ generated }) => generated > 0);
  if (told.length === 0 || told.some((molecule) => molecule[name] === null)) return null;
  const total = told.reduce((sum, molecule) => sum + (molecule[name] ?? 0) * molecule.generated, 0);
  return total / told.reduce((sum, { generated }) => sum + generated, 0);
}

/** Mean coverage over all molecules at each threshold, in Å; molecules without an answer count 0. */
export function coverageCurve(
  molecules: readonly MoleculeEvaluation[],
  thresholds: readonly number[],
): { delta: number; recall: number; precision: number }[] {
  const none = thresholds.map(() => 0);
  const scores = molecules.map(({ nearest }) => {
    if (!nearest) return { recall: none, precision: none };
    const { recall, precision } = coverageScores(nearest, thresholds);
    return { recall: recall.cov, precision: precision.cov };
  });
  return thresholds.map((delta, k) => ({
    delta,
    recall: mean(scores.map(({ recall }) => recall[k])),
    precision: mean(scores.map(({ precision }) => precision[k])),
  }));
}
