import { initialize, type Parameter } from '../nn/index.js';
import { Rng } from '../random/generator.js';
import { FlatLayout } from './flat-parameters.js';
import {
  type OptimizerOptions,
  type OptimizerState,
  type StepOptions,
  type StepResult,
  squaredLength,
  updateWeights,
} from './optimizer.js';

/** An optimiser and the vectors that it carries from step to step. */
export class Optimizer {
  readonly options: OptimizerOptions;
  /** The current vectors; steps change them in place. */
  readonly state: Readonly<OptimizerState>;

  /**
   * @param state what to start from; it is copied
   * @param shared whether the vectors lie in memory that threads share: what `GradientPool` needs
   */
  constructor(options: OptimizerOptions, state: Readonly<OptimizerState>, { shared = false } = {}) {
    this.options = options;
    const copy = (vector: Float32Array): Float32Array => {
      const bytes = vector.byteLength;
      const own = new Float32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
      own.set(vector);
      return own;
    };
    const { weights, mean, variance, average } = state;
    this.state = { weights: copy(weights), mean: copy(mean), variance: copy(variance), average: copy(average) };
  }

  /**
   * Takes one step.
   * @throws RangeError for a gradient that is not as long as the weights
   */
  step(gradient: Float32Array, { rate, step }: StepOptions): StepResult {
    const { length } = this.state.weights;
    if (gradient.length !== length)
      throw new RangeError(`a gradient of ${gradient.length} values was given for ${length} weights`);
    const norm = Math.sqrt(squaredLength(gradient));
    return { norm, weightSum: updateWeights(this.options, this.state, gradient, { rate, step, norm }) };
  }
}

/** The state that training starts from: a model's weights drawn from the seed, and nothing remembered. */
export const firstState = (model: { readonly parameters: readonly Parameter[] }, seed: number): OptimizerState =>
  freshState(
    new FlatLayout(model.parameters).flatten(initialize(model.parameters, Rng.fromSeed(seed).fork('weights'))),
  );

/** Fresh optimiser state around initial weights. */
export function freshState(weights: Float32Array): OptimizerState {
  const zeros = (): Float32Array => new Float32Array(weights.length);
  return { weights, mean: zeros(), variance: zeros(), average: weights.slice() };
}
