import {
  add,
  compile,
  div,
  input,
  minimum,
  mul,
  type Program,
  reshape,
  sqrt,
  sub,
  sum,
  type Tensor,
} from '../tensor/index.js';

/** How weights are updated. */
export interface OptimizerOptions {
  /** AdamW (Loshchilov & Hutter 2019) decays weights by themselves, Adam (Kingma & Ba 2015) through the gradient. */
  readonly kind: 'adamw' | 'adam';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Gradients longer than this, all parameters taken together, are scaled down to it. */
  readonly clipNorm?: number;
  /** Decay of the exponential moving average of the weights; 0 for none. */
  readonly averageDecay: number;
}

export const defaultOptimizer: OptimizerOptions = {
  kind: 'adamw',
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  averageDecay: 0,
};

/** The vectors that an optimiser carries from step to step, each as long as all parameters together. */
export const optimizerState = ['weights', 'mean', 'variance', 'average'] as const;
export type OptimizerState = Record<(typeof optimizerState)[number], Float32Array>;

/** The gradient, scaled down where its length exceeds the limit, and its length before that. */
function clipped(gradient: Tensor, limit: number | undefined): { g: Tensor; norm: Tensor } {
  const norm = sqrt(add(sum(mul(gradient, gradient)), 1e-30));
  return { norm, g: limit === undefined ? gradient : mul(gradient, minimum(1, div(limit, norm))) };
}

/**
 * One optimiser step as a program: from `gradient` and the state vectors to `next.*` state vectors and `norm`,
 * the length of the gradient. Scalars fed beside them: `rate`, and the bias corrections `correction1` = 1 − β₁ᵗ and
 * `correction2` = 1 − β₂ᵗ. Without a moving average, `next.average` is left out.
 */
export function compileOptimizer(options: OptimizerOptions): Program {
  const { beta1, beta2, epsilon, weightDecay, averageDecay } = options;
  const vector = (name: string): Tensor => input(name, ['parameters']);
  const [weights, mean, variance] = ['weights', 'mean', 'variance'].map(vector);
  const [rate, correction1, correction2] = ['rate', 'correction1', 'correction2'].map((name) =>
    reshape(input(name, [1]), []),
  );
  const { g: raw, norm } = clipped(vector('gradient'), options.clipNorm);
  const g = options.kind === 'adam' && weightDecay > 0 ? add(raw, mul(weights, weightDecay)) : raw;
  const m = add(mul(mean, beta1), mul(g, 1 - beta1));
  const v = add(mul(variance, beta2), mul(mul(g, g), 1 - beta2));
  // rate · (m / c₁) / (√(v / c₂) + ε), the scalars taken together first
  const step = div(mul(m, div(rate, correction1)), add(mul(sqrt(v), div(1, sqrt(correction2))), epsilon));
  const kept = options.kind === 'adamw' && weightDecay > 0 ? mul(weights, sub(1, mul(rate, weightDecay))) : weights;
  const next = sub(kept, step);
  const average: Record<string, Tensor> =
    averageDecay > 0 ? { 'next.average': add(mul(vector('average'), averageDecay), mul(next, 1 - averageDecay)) } : {};
  return compile({ 'next.weights': next, 'next.mean': m, 'next.variance': v, ...average, norm }, { name: 'optimizer' });
}
