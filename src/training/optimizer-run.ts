import { initialize, type Parameter } from '../nn/index.js';
import { Rng } from '../random/generator.js';
import type { Executable, Runtime } from '../runtime/index.js';
import { FlatLayout } from './flat-parameters.js';
import { compileOptimizer, type OptimizerOptions, type OptimizerState, optimizerState } from './optimizer.js';

/** Runs optimiser steps over flat vectors. */
export class Optimizer {
  readonly options: OptimizerOptions;
  readonly #program: Executable;
  readonly #state: OptimizerState;
  readonly #spare: OptimizerState;

  private constructor(options: OptimizerOptions, program: Executable, state: OptimizerState) {
    this.options = options;
    this.#program = program;
    this.#state = { ...state };
    this.#spare = mapState((name) => new Float32Array(state[name].length));
  }

  static async open(runtime: Runtime, options: OptimizerOptions, state: OptimizerState): Promise<Optimizer> {
    return new Optimizer(options, await runtime.open(compileOptimizer(options)), state);
  }

  /** The vectors that change: without a moving average, `average` stays as it is. */
  get #carried(): (keyof OptimizerState)[] {
    return optimizerState.filter((name) => name !== 'average' || this.options.averageDecay > 0);
  }

  /** The current vectors; the next step may overwrite arrays that were read here before. */
  get state(): Readonly<OptimizerState> {
    return this.#state;
  }

  /**
   * Takes one step.
   * @param step how many steps were taken, this one included
   * @returns the length of the gradient
   */
  async step(gradient: Float32Array, rate: number, step: number): Promise<number> {
    const { beta1, beta2 } = this.options;
    const scalar = (value: number): Float32Array => Float32Array.of(value);
    const scalars = {
      rate: scalar(rate),
      correction1: scalar(1 - beta1 ** step),
      correction2: scalar(1 - beta2 ** step),
    };
    const into = Object.fromEntries(this.#carried.map((name) => [`next.${name}`, this.#spare[name]]));
    const { norm } = await this.#program.run(
      { ...this.#state, ...scalars, gradient },
      { parameters: gradient.length },
      into,
    );
    for (const name of this.#carried) [this.#state[name], this.#spare[name]] = [this.#spare[name], this.#state[name]];
    return norm[0];
  }

  close(): Promise<void> {
    return this.#program.close();
  }
}

/** The state that training starts from: a model's weights drawn from the seed, and nothing remembered. */
export const firstState = (model: { readonly parameters: readonly Parameter[] }, seed: number): OptimizerState =>
  freshState(
    new FlatLayout(model.parameters).flatten(initialize(model.parameters, Rng.fromSeed(seed).fork('weights'))),
  );

/** Fresh optimiser state around first weights. */
export function freshState(weights: Float32Array): OptimizerState {
  const zeros = (): Float32Array => new Float32Array(weights.length);
  return { weights, mean: zeros(), variance: zeros(), average: weights.slice() };
}

const mapState = (make: (name: keyof OptimizerState) => Float32Array): OptimizerState => ({
  weights: make('weights'),
  mean: make('mean'),
  variance: make('variance'),
  average: make('average'),
});
