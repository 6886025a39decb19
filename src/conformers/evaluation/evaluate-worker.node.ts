import { serveTasks } from '../../common/worker-tasks.node.js';
import { evaluateMolecule } from './evaluate-molecule.js';
import type { EvaluationOptions, EvaluationPair } from './evaluation.js';

/** What a worker is asked for: the MoleculeEvaluation of one molecule. */
export interface EvaluationTask {
  readonly pair: EvaluationPair;
  readonly options: EvaluationOptions;
}

serveTasks(({ pair, options }: EvaluationTask) => ({ answer: evaluateMolecule(pair, options) }));
