import type { z } from 'zod';
import type { SafetensorsFile } from '../../files/safetensors.js';
import type { RunConfig } from '../../training/run-description.js';
import type { TrainableNetwork } from '../../training/trainee.js';
import type { GraphForm } from '../graphs/bonded-graph.js';
import type { ConformerWeights } from '../networks/conformer-network.js';
import type { SharedSplits } from './shared-set.js';

/** The configuration of a training run, whichever network it trains. */
export interface ConformerConfig extends RunConfig {
  /** Which network is trained; without it, the first of the list. */
  readonly network?: string;
  /** What its weight file says of the network in addition to its name. */
  readonly model: object;
  readonly data: { readonly file: string; readonly conformers: number };
  readonly noise: object;
}

/** How a network is trained. */
export interface ConformerTrainee<Config extends ConformerConfig = ConformerConfig> {
  readonly config: z.ZodObject & z.ZodType<Config>;
  /** The graphs of molecules that it takes. */
  readonly graphs: GraphForm;
  /** @throws UserError for sizes that do not fit together */
  build(config: Config): Pick<TrainableNetwork<Config, SharedSplits>, 'parameters' | 'objective'>;
  /** The deviations of the noise that it learns to take away, in ångström. */
  noiseRange(config: Config): readonly [lowest: number, highest: number];
}

/**
 * A network that makes conformers and can be trained: plain data, so that `--help` loads no engine, and where the rest
 * is loaded from.
 */
export interface ConformerNetworkRecord {
  /** Under `network` in a configuration, and `model` in a weight file. */
  readonly name: string;
  /** In a sentence: a score network. */
  readonly title: string;
  /** The file in configs/ that teaches its configuration, without its ending. */
  readonly example: string;
  /** What its errors are, for reports. */
  readonly loss: { readonly title: string; readonly axis: string; readonly explanation: string };
  /** Loads how it is trained. */
  trainee(): Promise<ConformerTrainee>;
  /** What reads its weight files. */
  reader(): Promise<(file: SafetensorsFile, source: string) => ConformerWeights>;
}
