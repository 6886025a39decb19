import type { Optimizer } from '../../../src/training/optimizer-run.js';
import type { TrainerParts } from '../../../src/training/trainer.js';

type Pool = TrainerParts['engine'];

/** What a scripted pool says where it should not compute the bowl below. */
export interface Script {
  /** The loss of each training step, counted from 1. */
  readonly train?: (step: number) => number;
  /** A component of the gradient of each training step. */
  readonly slope?: (step: number) => number;
  /** Validation losses in their order, the last one stays; the test loss is 100 plus the number of those so far. */
  readonly valid?: readonly number[];
  /** The test loss in place of that number. */
  readonly test?: number;
}

export const bowlParameters = [{ name: 'w', shape: [2] }];

/**
 * A pool without workers, for the training loop's sake: the loss of an example k is |w − (k, 1)|², so that order and
 * choice of the examples show in the weights. It notes what it is asked.
 */
export function scriptedPool(optimizer: Optimizer, script: Script = {}) {
  const weights = new Float32Array(2);
  const asked = {
    batches: [] as number[][],
    steps: [] as number[],
    rates: [] as number[],
    weights: [] as number[][],
    evaluated: [] as string[],
  };
  const evaluatedAt: number[][] = [];
  let evaluations = 0;
  const pool: Pool = {
    setWeights: (values) => weights.set(values),
    async step(_set, examples, { rate, step }) {
      weights.set(optimizer.state.weights);
      asked.batches.push([...examples]);
      asked.steps.push(step);
      asked.rates.push(rate);
      asked.weights.push([...weights]);
      const mean = examples.reduce((a, b) => a + b, 0) / examples.length;
      const gradient = Float32Array.of(2 * (weights[0] - mean), script.slope?.(step) ?? 2 * (weights[1] - 1));
      const loss = script.train?.(step) ?? (weights[0] - mean) ** 2 + (weights[1] - 1) ** 2;
      return { loss, ...optimizer.step(gradient, { rate, step }) };
    },
    async loss(set) {
      asked.evaluated.push(set);
      evaluatedAt.push([...weights]);
      const { valid } = script;
      if (!valid) return (weights[0] - (set === 'valid' ? 5 : 4)) ** 2 + (weights[1] - 1) ** 2;
      return set === 'test' ? (script.test ?? 100 + evaluations) : valid[Math.min(evaluations++, valid.length - 1)];
    },
  };
  return { pool, asked, evaluatedAt };
}
