import type { OptimizerOptions } from '../../../src/training/optimizer.js';

/** What the plain optimiser carries from step to step. */
export interface PlainState {
  weights: number[];
  mean: number[];
  variance: number[];
  average: number[];
  step: number;
}

export const plainState = (weights: readonly number[]): PlainState => ({
  weights: [...weights],
  mean: weights.map(() => 0),
  variance: weights.map(() => 0),
  average: [...weights],
  step: 0,
});

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1) or AdamW (Loshchilov & Hutter 2019, algorithm 2), one number at a
 * time in float64: what optimisers are held against.
 */
export function plainStep(state: PlainState, gradient: readonly number[], rate: number, options: OptimizerOptions) {
  const { kind, beta1, beta2, epsilon, weightDecay, clipNorm = Number.POSITIVE_INFINITY } = options;
  state.step++;
  const warm = options.averageWarmUp ? (1 + state.step) / (10 + state.step) : 1;
  const averageDecay = Math.min(warm, options.averageDecay);
  const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  const shrink = norm > clipNorm ? clipNorm / norm : 1;
  for (let k = 0; k < gradient.length; k++) {
    let g = gradient[k] * shrink;
    if (kind === 'adam') g += weightDecay * state.weights[k];
    else state.weights[k] -= rate * weightDecay * state.weights[k];
    state.mean[k] = beta1 * state.mean[k] + (1 - beta1) * g;
    state.variance[k] = beta2 * state.variance[k] + (1 - beta2) * g * g;
    const meanHat = state.mean[k] / (1 - beta1 ** state.step);
    const varianceHat = state.variance[k] / (1 - beta2 ** state.step);
    state.weights[k] -= (rate * meanHat) / (Math.sqrt(varianceHat) + epsilon);
    state.average[k] = averageDecay * state.average[k] + (1 - averageDecay) * state.weights[k];
  }
  return norm;
}
