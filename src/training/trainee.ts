import type { z } from 'zod';
import type { SafetensorsFile } from '../files/safetensors.js';
import type { Parameter, Weights } from '../nn/index.js';
import type { Examples } from './gradient-protocol.js';
import type { RunConfig } from './run-description.js';
import type { TrainingPrograms } from './training-programs.js';

/** What is learned, and from what. */
export interface Objective extends Examples {
  /** The loss and its gradient, fed with the examples, the weights and `scale` [1]. */
  readonly programs: TrainingPrograms;
}

/** A network that can be trained on data of one kind. */
export interface TrainableNetwork<Config, Data> {
  readonly parameters: readonly Parameter[];
  /** What it learns from data, which have the sets `train`, `valid` and, if any, `test`. @throws UserError for unusable data */
  objective(data: Data): Objective;
  /**
   * Its weight file.
   * @param provenance how the weights came about, but for the data that they come from
   * @param config of the run
   */
  weightFile(weights: Weights, provenance: Readonly<Record<string, unknown>>, config: Config): SafetensorsFile;
}

/** Something that can be trained: what every training run is made of, wherever its steps are taken. */
export interface Trainee<Config extends RunConfig, Data> {
  /** What starts such runs, as people type it: messages name it. */
  readonly command: string;
  readonly config: z.ZodType<Config>;
  /** The network of a configuration, built once a run. @throws UserError for options that do not fit together */
  build(config: Config): TrainableNetwork<Config, Data>;
  /** A configuration without what means nothing to its network, for runs to be compared by; left out where all means. */
  settings?(config: Config): object;
}

/** What the command line trains: `clofnet NAME train`, `clofnet NAME report`. */
export interface Task<Config extends RunConfig, Data> extends Trainee<Config, Data> {
  readonly name: string;
  /** The networks that it can train. */
  readonly networks: readonly string[];
  /** The configurations that files in configs/ teach, by their names without ending. */
  readonly examples: Readonly<Record<string, z.ZodType>>;
}
