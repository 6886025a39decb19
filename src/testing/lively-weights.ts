import { initialize, type Parameter, type Weights } from '../nn/index.js';
import type { Rng } from '../random/generator.js';

/**
 * First weights with those that start near zero made 100 times larger, and those that start alike made to differ: as it
 * starts, a network hardly moves a node, and most of its paths would go unseen.
 */
export function livelyWeights(parameters: readonly Parameter[], rng: Rng): Weights {
  const lively = (values: Float32Array): Float32Array => {
    if (values.every((value) => value === values[0])) return values.map((value, k) => value + 0.2 * Math.sin(k));
    return values.every((value) => Math.abs(value) < 0.01) ? values.map((value) => 100 * value) : values;
  };
  return new Map([...initialize(parameters, rng)].map(([name, values]) => [name, lively(values)]));
}
