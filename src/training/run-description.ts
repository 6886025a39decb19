import type { TrainingConfig } from './config.js';

/** The configuration of a run, whatever is trained. */
export interface RunConfig {
  readonly training: TrainingConfig;
}

/** What a run was started with; stored in its checkpoints and weights. */
export interface RunDescription<Config extends RunConfig = RunConfig> {
  readonly config: Config;
  /** SHA-256 of the training, validation and test data. */
  readonly dataHash: string;
  readonly workers: number;
  readonly device: string;
  /** The version of clofnet, and the commit of the checkout if it is one. */
  readonly version: string;
  readonly commit: string | null;
  /** What else there is to know of how its weights come about; plain data, which stands in the weight file too. */
  readonly origin?: Readonly<Record<string, unknown>>;
}
