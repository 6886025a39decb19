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
  /** At step n the decay is (1 + n) / (10 + n) where that is lower: after 1,000 steps nothing is left of the first weights. */
  readonly averageWarmUp: boolean;
}

/** AdamW with its usual settings, no weight decay and no average. */
export const defaultOptimizer: OptimizerOptions = {
  kind: 'adamw',
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  averageDecay: 0,
  averageWarmUp: true,
};

/** The vectors that an optimiser carries from step to step, each as long as all parameters together. */
export const optimizerState = ['weights', 'mean', 'variance', 'average'] as const;
/** The state of an optimiser. */
export type OptimizerState = Record<(typeof optimizerState)[number], Float32Array>;

/** When a step is taken, and how far it goes. */
export interface StepOptions {
  /** The learning rate. */
  readonly rate: number;
  /** How many steps were taken, this one included. */
  readonly step: number;
}

/** What is known after a step. */
export interface StepResult {
  /** The length of the gradient, before it was clipped. */
  readonly norm: number;
  /** The sum of the new weights: finite only if all of them are, and the variances that they move by. */
  readonly weightSum: number;
}

/** |v|². In four sums, since each addition to one has to wait for the one before. */
export function squaredLength(v: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = v.length - (v.length % 4);
  for (let k = 0; k < whole; k += 4) {
    a += v[k] * v[k];
    b += v[k + 1] * v[k + 1];
    c += v[k + 2] * v[k + 2];
    d += v[k + 3] * v[k + 3];
  }
  for (let k = whole; k < v.length; k++) a += v[k] * v[k];
  return a + b + (c + d);
}

/** Adds `values` to `total`; returns |total|². Four at a time, as above. */
export function addSquared(total: Float32Array, values: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = total.length - (total.length % 4);
  for (let k = 0; k < whole; k += 4) {
    const [p, q] = [total[k] + values[k], total[k + 1] + values[k + 1]];
    const [r, s] = [total[k + 2] + values[k + 2], total[k + 3] + values[k + 3]];
    total[k] = p;
    total[k + 1] = q;
    total[k + 2] = r;
    total[k + 3] = s;
    a += p * p;
    b += q * q;
    c += r * r;
    d += s * s;
  }
  for (let k = whole; k < total.length; k++) {
    const p = total[k] + values[k];
    total[k] = p;
    a += p * p;
  }
  return a + b + (c + d);
}

/**
 * Takes one step, in place, over the vectors or a part of them.
 * @param gradient as long as the vectors of `state`
 * @param norm the length of the whole gradient, by which it is clipped
 * @returns the sum of the new weights; not finite if one of them is not, or the variance of one has grown so large that
 *   it would never move again
 */
export function updateWeights(
  options: OptimizerOptions,
  { weights, mean, variance, average }: Readonly<OptimizerState>,
  gradient: Float32Array,
  { rate, step, norm }: StepOptions & Pick<StepResult, 'norm'>,
): number {
  const { kind, beta1, beta2, epsilon, weightDecay, clipNorm = Infinity } = options;
  const shrink = norm > clipNorm ? clipNorm / norm : 1;
  const pull = kind === 'adam' ? weightDecay : 0;
  const keep = kind === 'adamw' ? 1 - rate * weightDecay : 1;
  // rate · (m / c₁) / (√(v / c₂) + ε), the numbers taken together first
  const stride = rate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  const [fresh1, fresh2] = [1 - beta1, 1 - beta2];
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    const w = weights[k];
    const g = gradient[k] * shrink + w * pull;
    const m = mean[k] * beta1 + g * fresh1;
    const v = variance[k] * beta2 + g * g * fresh2;
    const next = Math.fround(w * keep - (m * stride) / (Math.sqrt(v) * correction + epsilon));
    mean[k] = m;
    variance[k] = v;
    weights[k] = next;
    sum += next + 0 * variance[k];
  }
  const decay = averageDecayAt(options, step);
  if (decay > 0) for (let k = 0; k < weights.length; k++) average[k] = average[k] * decay + weights[k] * (1 - decay);
  return sum;
}

/** The decay of the moving average at a step, counted from 1. */
const averageDecayAt = ({ averageDecay, averageWarmUp }: OptimizerOptions, step: number): number =>
  averageWarmUp ? Math.min(averageDecay, (1 + step) / (10 + step)) : averageDecay;
