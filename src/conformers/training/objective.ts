import type { Parameter } from '../../nn/index.js';
import type { ExampleSizes } from '../../training/gradient-protocol.js';
import type { TrainingPrograms } from '../../training/training-programs.js';
import type { ConformerNetworkConfig } from '../networks/conformer-network.js';
import { Denoiser } from '../networks/denoiser.js';
import { ScoreNetwork } from '../networks/score-network.js';
import { noiseLevels } from '../sampling/noise-levels.js';
import type { ConformerConfig, DenoisingConfig, ScoreMatchingConfig } from './config.js';
import { compileDenoising, type DenoisingTask, exampleSizes } from './denoising.js';
import { type ScoreMatchingTask, scoreExampleSizes } from './score-examples.js';
import { compileScoreMatching } from './score-matching.js';
import type { SharedSet } from './shared-set.js';

/** What the training workers are started with: what to learn, and how examples of it are drawn. */
export type ConformerTask =
  | ({ readonly kind: 'denoising' } & DenoisingTask)
  | ({ readonly kind: 'score matching' } & ScoreMatchingTask);

type Sets = Readonly<Record<string, SharedSet>>;

/** What is learned. */
export interface Objective {
  readonly programs: TrainingPrograms;
  readonly task: ConformerTask;
  /** How much each example of a set adds to the work and to the mean. */
  readonly sizesOf: (set: SharedSet) => ExampleSizes;
}

/** A network to be trained. */
export interface Trainee {
  readonly parameters: readonly Parameter[];
  objective(sets: Sets): Objective;
}

/** The network of a configuration, fresh. @throws UserError for sizes that do not fit together */
export const traineeOf = (config: ConformerConfig): Trainee =>
  config.network === 'score' ? scoreTrainee(config) : denoiserTrainee(config);

/** The network of a configuration, as its weight file describes it. */
export const networkConfigOf = (config: ConformerConfig): ConformerNetworkConfig =>
  config.network === 'score' ? { model: 'score', ...config.model } : { model: 'denoiser', ...config.model };

function denoiserTrainee({ model, noise, training: { seed } }: DenoisingConfig): Trainee {
  const network = new Denoiser(model);
  return {
    parameters: network.parameters,
    objective: (sets) => ({
      programs: compileDenoising(network),
      task: { kind: 'denoising', seed, sets, noise },
      sizesOf: exampleSizes,
    }),
  };
}

function scoreTrainee({ model, noise, training: { seed, dropout } }: ScoreMatchingConfig): Trainee {
  const network = new ScoreNetwork(model);
  return {
    parameters: network.parameters,
    objective(sets) {
      const programs = compileScoreMatching(network, { dropout: dropout > 0 });
      const { inputs } = programs.gradient;
      const task: ConformerTask = { kind: 'score matching', seed, sets, levels: noiseLevels(noise), inputs, dropout };
      return { programs, task, sizesOf: scoreExampleSizes };
    },
  };
}
