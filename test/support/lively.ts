import type { Parameter, Weights } from '../../src/nn/index.js';
import { Rng } from '../../src/random/generator.js';
import { livelyWeights as lively } from '../../src/testing/index.js';

/** First weights of a network, changed so that most of its paths show. */
export const livelyWeights = ({ parameters }: { readonly parameters: readonly Parameter[] }, seed: number): Weights =>
  lively(parameters, Rng.fromSeed(seed));
