import { requireFinite, requireInteger, requirePositive } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { ScoreFunction } from '../networks/score-function.js';
import { recentre } from './centre.js';
import { requireFiniteScore } from './finite-score.js';
import { LOWEST_SIGMA, requireLevels } from './noise-levels.js';
import type { NoiseSource } from './noise-source.js';
import type { SampledMolecules, Sampler } from './sampler.js';
import type { SamplingStep } from './sampling.js';

/** How {@link probabilityFlow} samples. */
export interface ProbabilityFlowOptions {
  /** Where random numbers come from: those of the noise that the start gets, then those of the steps. */
  readonly noise: NoiseSource;
  /** Shapes to start from, [nodes · 3], in ångström: they get noise of the highest level. Default none: noise alone. */
  readonly start?: Float32Array;
  /** Noise levels from the highest to the lowest, in ångström; from the lowest, a last step goes to none. */
  readonly levels: readonly number[];
  /**
   * By how much of itself each level is raised with new noise before the step down from it: 0 for a deterministic flow.
   * Errors of earlier steps drown in the new noise. Default 0.
   */
  readonly churn?: number;
  /**
   * The deviation of that new noise over the one that the raised level means (S_noise of Karras et al. 2022): below
   * 1, samples draw nearer to the modes of the distribution. Default 1.
   */
  readonly noiseShare?: number;
  readonly signal?: AbortSignal;
  /** Told of the noised start (call 0), and after every step. */
  readonly onStep?: (step: SamplingStep) => void;
}

/**
 * Noise levels that are close together where they are low: σ^(1/ρ) falls evenly (Karras et al. 2022, eq. 5), in
 * ångström.
 */
export function karrasLevels(steps: number, largest: number, smallest = LOWEST_SIGMA, rho = 5): number[] {
  requireInteger(steps, 'the number of steps', { min: 1 });
  requirePositive(largest, 'the largest noise level');
  requirePositive(smallest, 'the smallest noise level');
  if (smallest > largest)
    throw new UserError(`the smallest noise level (${smallest}) is above the largest (${largest}); swap them`);
  const [from, to] = [largest ** (1 / rho), smallest ** (1 / rho)];
  return Array.from({ length: steps }, (_, k) =>
    steps === 1 ? largest : (from + (k / (steps - 1)) * (to - from)) ** rho,
  );
}

/** The network calls of a run over so many levels: two a step, but one for the last. */
export const probabilityFlowCalls = (levels: number): number => 2 * levels - 1;

/**
 * The probability-flow ODE dx = −σ score(x, σ) dσ by Heun's second-order steps (Karras et al. 2022, algorithms 1 and
 * 2), from noise, or from given shapes under noise of a middle level, down to none.
 * @returns positions [nodes · 3], in ångström, each molecule's centre at 0
 * @throws UserError for options that make no sense, or a score that is not finite; the signal's reason when aborted
 */
export async function probabilityFlow(
  score: ScoreFunction,
  molecules: SampledMolecules,
  { noise, start, levels, churn = 0, noiseShare = 1, signal, onStep }: ProbabilityFlowOptions,
): Promise<Float32Array> {
  requireLevels(levels);
  if (requireFinite(churn, 'churn') < 0) throw new UserError(`churn must be 0 or more, not ${churn}`);
  requirePositive(noiseShare, 'the share of noise');
  const length = 3 * molecules.nodes;
  if (start && start.length !== length)
    throw new RangeError(`${start.length} coordinates to start from, expected ${length}`);
  const positions = new Float32Array(length);
  const normals = new Float32Array(length);
  const addNoise = (deviation: number): void => {
    noise(normals);
    for (let k = 0; k < length; k++) positions[k] += deviation * normals[k];
    recentre(positions, molecules);
  };
  if (start) positions.set(start);
  addNoise(levels[0]);
  const calls = probabilityFlowCalls(levels.length);
  onStep?.({ call: 0, calls, sigma: levels[0], positions });
  const first = new Float32Array(length);
  const moved = new Float32Array(length);
  let call = 0;
  for (const [k, level] of levels.entries()) {
    signal?.throwIfAborted();
    const isLast = k === levels.length - 1;
    const sigma = isLast ? level : level * (1 + churn);
    if (sigma > level) addNoise(noiseShare * Math.sqrt(sigma ** 2 - level ** 2));
    const next = isLast ? 0 : levels[k + 1];
    first.set(requireFiniteScore(await score(positions, sigma), sigma));
    call++;
    for (let i = 0; i < length; i++) moved[i] = positions[i] + (sigma - next) * sigma * first[i];
    if (isLast) positions.set(moved);
    else {
      const second = requireFiniteScore(await score(moved, next), next);
      call++;
      for (let i = 0; i < length; i++) positions[i] += ((sigma - next) / 2) * (sigma * first[i] + next * second[i]);
    }
    recentre(positions, molecules);
    onStep?.({ call, calls, sigma: next, positions });
  }
  return positions;
}

/** The deviation of churn's noise, over that of exact sampling: conformers are sought, that is, modes. */
const CHURN_NOISE_SHARE = 0.9;

/** {@link probabilityFlow} as conformers are made by it. */
export const flowSampler = {
  name: 'flow',
  title: 'second-order steps of the probability flow, by far the fewest network calls',
  start: 'shapes',
  steps: { shapes: 12, noise: 30 },
  options: {
    /**
     * Chosen on molecules outside of the test sets; see docs/conformer-results.md. The same number of network calls
     * gives shapes that are a fifth nearer to references than those of the deterministic flow.
     */
    churn: {
      summary: 'fraction by which flow raises each noise level with new noise',
      min: 0,
      off: 0,
      default: { shapes: 1.5, noise: 1 },
    },
  },
  calls: ({ steps }) => probabilityFlowCalls(steps),
  sample(score, molecules, { steps, sigma, options }, { noise, start, signal, onStep }) {
    const levels = karrasLevels(steps, sigma);
    const { churn } = options;
    return probabilityFlow(score, molecules, {
      noise,
      start,
      levels,
      churn,
      noiseShare: CHURN_NOISE_SHARE,
      signal,
      onStep,
    });
  },
} as const satisfies Sampler;
