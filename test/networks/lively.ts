import type { DynamicsModel } from '../../src/networks/index.js';
import { initialize, type Weights } from '../../src/nn/index.js';
import { Rng } from '../../src/random/generator.js';

/**
 * First weights with those that start near zero made 100 times larger: as it starts, a network hardly moves a body,
 * and most of its paths would go unseen.
 */
export function livelyWeights({ parameters }: DynamicsModel, seed: number): Weights {
  const weights = initialize(parameters, Rng.fromSeed(seed));
  for (const [name, values] of weights) {
    if (values.every((value) => Math.abs(value) < 0.01))
      weights.set(
        name,
        values.map((value) => 100 * value),
      );
  }
  return weights;
}
