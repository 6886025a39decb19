import { availableParallelism } from 'node:os';
import { ThreadPool } from '../../common/thread-pool.node.js';
import type { ThreadWork } from '../../common/thread-work.js';
import { type EvaluateOptions, evaluatePairs, summarizeEvaluation } from './evaluate.js';
import { evaluateMolecule } from './evaluate-molecule.js';
import type { Evaluation, EvaluationOptions, EvaluationPair, MoleculeEvaluation } from './evaluation.js';

/** How {@link evaluateParallel} works. */
export interface EvaluateParallelOptions extends EvaluateOptions {
  /** Number of threads; by default one per core. The result does not depend on it. */
  readonly workers?: number;
}

/** The task of a thread: how well the conformers of one molecule match. */
interface EvaluationTask {
  readonly pair: EvaluationPair;
  readonly options: EvaluationOptions;
}

/** What each thread does. */
export const threadWork: ThreadWork<EvaluationTask, MoleculeEvaluation> =
  () =>
  ({ pair, options }) => ({ answer: evaluateMolecule(pair, options) });

/** Comparisons of two conformers below which starting threads takes longer than it saves. */
const FEW = 30_000;

/**
 * Compares generated conformers with references as `evaluatePairs` does, large sets on several threads.
 *
 * @throws UserError for a number of threads that is not a whole number of at least 1
 */
export async function evaluateParallel(
  pairs: readonly EvaluationPair[],
  { workers = availableParallelism(), ...options }: EvaluateParallelOptions,
): Promise<Evaluation> {
  const comparisons = pairs.reduce(
    (sum, { reference, generated }) => sum + reference.conformers.length * generated.positions.length,
    0,
  );
  if (workers === 1 || comparisons < FEW) return evaluatePairs(pairs, options);
  const { onProgress, signal, ...plain } = options;
  const threads = new ThreadPool<EvaluationTask, MoleculeEvaluation>(new URL(import.meta.url), { workers });
  let done = 0;
  try {
    const answers = pairs.map(async (pair) => {
      const answer = await threads.submit({ pair, options: plain }, signal);
      done += 1;
      onProgress?.(done, pairs.length);
      return answer;
    });
    return summarizeEvaluation(await Promise.all(answers), plain);
  } finally {
    await threads.close();
  }
}
