import { encodeDenoiserFile } from '../../models/denoiser-file.js';
import type { RunDescription } from '../../training/run-description.js';
import { type RunKind, readRunDescription } from '../../training/run-folder.js';
import { type ConformerConfig, conformerConfigSchema } from './config.js';

/** What the training run of a denoiser was started with. */
export type ConformerRunDescription = RunDescription<ConformerConfig>;

/** The training runs of denoisers. */
export const conformerRuns: RunKind<ConformerConfig> = {
  command: 'clofnet conformers train',
  config: conformerConfigSchema,
  weightFile: (config, weights, provenance) =>
    encodeDenoiserFile({
      config: { model: 'denoiser', ...config.model },
      weights,
      // Where the data lay on this machine is nobody else's business; the hash tells which they were.
      provenance: { ...provenance, noise: config.noise, data: { ...config.data, file: undefined } },
    }),
};

/**
 * The description of the run in a folder.
 * @throws UserError if there is no checkpoint, it is not of this version, or of a run of another kind
 */
export const readConformerRun = (path: string): Promise<ConformerRunDescription> =>
  readRunDescription(conformerRuns, path);
