import type { RunDescription } from '../../training/run-description.js';
import { type RunKind, readRunDescription } from '../../training/run-folder.node.js';
import { encodeModelFile } from '../networks/model-file.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';
import { modelConfigOf } from './model-choice.js';

/** What a many-body run was started with. */
export type NewtonRunDescription = RunDescription<NewtonConfig>;

/** The runs of many-body networks. */
export const newtonRuns: RunKind<NewtonConfig> = {
  command: 'clofnet newton train',
  config: newtonConfigSchema,
  weightFile: (config, weights, provenance) =>
    encodeModelFile({
      config: modelConfigOf(config),
      weights,
      // Where the trajectories lay on this machine is nobody else's business; the hash tells which they were.
      provenance: { ...provenance, data: { ...config.data, directory: undefined } },
    }),
};

/**
 * The description of the many-body run in a folder.
 * @throws UserError if there is no checkpoint, it is not of this version, or of a run of another kind
 */
export const readNewtonRun = (path: string): Promise<NewtonRunDescription> => readRunDescription(newtonRuns, path);
