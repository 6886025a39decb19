import { requireInteger, requirePositive } from '../../common/checks.js';
import type { Graph } from '../../graphs/index.js';
import type { ScoreFunction } from '../networks/score-function.js';
import { recentre } from './centre.js';
import { requireFiniteScore } from './finite-score.js';
import { noiseLevels, requireLevels } from './noise-levels.js';
import type { NoiseSource } from './noise-source.js';

/** Where a sampler is. */
export interface SamplingStep {
  /** Network calls so far. */
  readonly call: number;
  /** Network calls in all. */
  readonly calls: number;
  /** The noise level of this one, in ångström. */
  readonly sigma: number;
  /** Positions after it, [nodes · 3]; they keep changing, so copy what is to be kept. */
  readonly positions: Float32Array;
}

/** The options of the published samplers. */
export interface SamplingOptions {
  /** Where random numbers come from: first those of the start, where none is given, then those of the steps. */
  readonly noise: NoiseSource;
  /** Positions to start from, [nodes · 3], in ångström; default standard normals, as published. */
  readonly start?: Float32Array;
  /** Noise levels from the highest to the lowest, in ångström; default the published fifty. */
  readonly levels?: readonly number[];
  /** Langevin steps at every level; default 100. */
  readonly stepsPerLevel?: number;
  /** The size ε of a step at the level `stepSizeAt`, in square ångström; it grows with σ². Default 2e-6. */
  readonly stepSize?: number;
  /** A noise level, in ångström; default the lowest. */
  readonly stepSizeAt?: number;
  /** Scores of atoms longer than this are shortened to it; default 1000, in 1/ångström. */
  readonly longestScore?: number;
  /**
   * Whether molecules are moved back to the origin at every step; default true. The published sampler lets them drift.
   */
  readonly recentre?: boolean;
  readonly signal?: AbortSignal;
  /** Told after every network call. */
  readonly onStep?: (step: SamplingStep) => void;
}

type Molecules = Pick<Graph, 'nodes' | 'graphs' | 'graphOfNode'>;

/** Moves positions along: what the published samplers have in common. */
export class SamplingRun {
  readonly levels: readonly number[];
  readonly positions: Float32Array;
  readonly #score: ScoreFunction;
  readonly #molecules: Molecules;
  readonly #options: SamplingOptions;
  readonly #noise: Float32Array;
  readonly #calls: number;
  readonly #stepsPerLevel: number;
  #call = 0;

  /**
   * @param extraCalls network calls in addition to those of the Langevin steps
   * @throws UserError for options that make no sense, RangeError for a start of the wrong length
   */
  constructor(
    score: ScoreFunction,
    molecules: Molecules,
    options: SamplingOptions,
    extraCalls: (levels: number) => number,
  ) {
    this.#score = score;
    this.#molecules = molecules;
    this.#options = checkedOptions(options);
    this.levels = requireLevels(options.levels ?? noiseLevels());
    this.#stepsPerLevel = requireInteger(options.stepsPerLevel ?? 100, 'the number of steps per level', { min: 0 });
    this.#calls = this.levels.length * this.#stepsPerLevel + extraCalls(this.levels.length);
    this.#noise = new Float32Array(3 * molecules.nodes);
    this.positions = this.#start();
  }

  #start(): Float32Array {
    const { start, noise } = this.#options;
    const positions = new Float32Array(3 * this.#molecules.nodes);
    if (start && start.length !== positions.length)
      throw new RangeError(`${start.length} coordinates to start from, expected ${positions.length}`);
    if (start) positions.set(start);
    else noise(positions);
    this.#recentre(positions);
    return positions;
  }

  #recentre(positions: Float32Array): void {
    if (this.#options.recentre ?? true) recentre(positions, this.#molecules);
  }

  /** Langevin dynamics at one level: x ← x + ε·score + √(2ε)·z, with ε ∝ σ². */
  async langevin(sigma: number): Promise<void> {
    const { stepSize = 2e-6, stepSizeAt = this.levels[this.levels.length - 1] } = this.#options;
    const epsilon = stepSize * (sigma / stepSizeAt) ** 2;
    for (let step = 0; step < this.#stepsPerLevel; step++) await this.move(sigma, epsilon, Math.sqrt(2 * epsilon));
  }

  /** x ← x + drift·score + diffusion·z, with new normals z. */
  async move(sigma: number, drift: number, diffusion: number): Promise<void> {
    const { signal, noise, longestScore = 1000, onStep } = this.#options;
    const { positions } = this;
    signal?.throwIfAborted();
    const score = await this.#score(positions, sigma);
    requireFiniteScore(score, sigma);
    if (diffusion > 0) noise(this.#noise);
    for (let k = 0; k < positions.length; k += 3) {
      const length = Math.hypot(score[k], score[k + 1], score[k + 2]);
      const step = length > longestScore ? (drift * longestScore) / length : drift;
      for (let axis = k; axis < k + 3; axis++) positions[axis] += step * score[axis] + diffusion * this.#noise[axis];
    }
    this.#recentre(positions);
    onStep?.({ call: ++this.#call, calls: this.#calls, sigma, positions });
  }
}

function checkedOptions(options: SamplingOptions): SamplingOptions {
  const { stepSize = 1, stepSizeAt = 1, longestScore = 1 } = options;
  requirePositive(stepSize, 'the step size');
  requirePositive(stepSizeAt, 'the noise level of the step size');
  requirePositive(longestScore, 'the longest score');
  return options;
}
