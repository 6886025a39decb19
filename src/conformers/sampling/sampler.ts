import type { Graph } from '../../graphs/index.js';
import type { TheoryLevel } from '../dataset/ensemble.js';
import type { ScoreFunction } from '../networks/score-function.js';
import type { NoiseSource } from './noise-source.js';
import type { SamplingStep } from './sampling.js';

/** How conformers are sampled: plain data. */
export interface SamplingPlan {
  /** The name of the sampler. */
  readonly sampler: string;
  /** The name of what sampling starts from. */
  readonly start: string;
  /** Noise levels; see `callsOf` for what they cost. */
  readonly steps: number;
  /** The highest noise level, in ångström. */
  readonly sigma: number;
  /** The sampler's own options, by name. */
  readonly options: Readonly<Record<string, number>>;
  /** The level of theory whose shapes the network shall give. */
  readonly level: TheoryLevel;
}

/** A number for starts that give a shape, and one for those from noise alone. */
export interface ByStart {
  readonly shapes: number;
  readonly noise: number;
}

/** An option that one sampler has. Its key is its name among all options of how conformers are made. */
export interface SamplerOption {
  /** One line for `--help`, without the default. */
  readonly summary: string;
  /** The lowest value that makes sense. */
  readonly min: number;
  /** The value that does without it: other samplers accept it, and records do not mention it. */
  readonly off?: number;
  readonly default: ByStart;
}

/** The atoms that move, of all molecules at once. */
export type SampledMolecules = Pick<Graph, 'nodes' | 'graphs' | 'graphOfNode'>;

/** What a sampler gets in addition to its plan. */
export interface SamplingContext {
  /** Where random numbers come from: first those of the noise at the start, then those of the steps. */
  readonly noise: NoiseSource;
  /** Shapes to start from, [nodes · 3], in ångström; undefined for noise alone. */
  readonly start?: Float32Array;
  /** The noise level at which the published samplers end with this network, in ångström. */
  readonly lowest?: number;
  readonly signal?: AbortSignal;
  /** Called with the noised start as call 0, or after the first call, then after every step. */
  readonly onStep?: (step: SamplingStep) => void;
}

/** A way from noise to conformers. A new one is a record like this, and a line in `methods.ts`. */
export interface Sampler {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The name of the start that it takes unless another one is requested. */
  readonly start: string;
  /** How many noise levels it takes unless told otherwise. */
  readonly steps: ByStart;
  readonly options: Readonly<Record<string, SamplerOption>>;
  /** Network calls of a run. */
  calls(plan: SamplingPlan): number;
  /**
   * Samples molecules side by side.
   * @returns positions [nodes · 3], in ångström, each molecule's centre at 0
   * @throws UserError for options that make no sense; the signal's reason when aborted
   */
  sample(
    score: ScoreFunction,
    molecules: SampledMolecules,
    plan: SamplingPlan,
    context: SamplingContext,
  ): Promise<Float32Array>;
}
