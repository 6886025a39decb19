import { encodeWeightFile } from '../../networks/weight-file.js';
import type { RunDescription } from '../../training/run-description.js';
import { type RunKind, readRunDescription } from '../../training/run-folder.node.js';
import { anyConformerConfigSchema, type ConformerConfig } from './config.js';
import { networkConfigOf, traineeOf } from './objective.js';

/** What the training run of a network was started with. */
export type ConformerRunDescription = RunDescription<ConformerConfig>;

/** The training runs of networks that make conformers. */
export const conformerRuns: RunKind<ConformerConfig> = {
  command: 'conformers train',
  config: anyConformerConfigSchema,
  weightFile: (config, weights, provenance) =>
    encodeWeightFile(
      {
        config: networkConfigOf(config),
        // Where the data lay on this machine is nobody else's business; the hash tells which they were.
        provenance: { ...provenance, noise: config.noise, data: { ...config.data, file: undefined } },
      },
      traineeOf(config).parameters,
      weights,
    ),
};

/**
 * The description of the run in a folder.
 * @throws UserError if there is no checkpoint, it is not of this version, or of a run of another kind
 */
export const readConformerRun = (path: string): Promise<ConformerRunDescription> =>
  readRunDescription(conformerRuns, path);
