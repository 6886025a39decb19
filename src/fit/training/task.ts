import { encoderNames } from '../../networks/encoders.js';
import { encodeWeightFile } from '../../networks/weight-file.js';
import type { Task, TrainableNetwork } from '../../training/trainee.js';
import { FitNetwork } from '../network/fit-network.js';
import { fitConfigSchema } from './config.js';
import { fitExamples } from './examples.js';
import { type FitRunConfig, type FitSets, fitRunSchema, networkConfigOf } from './found.js';
import { compileObjective } from './objective.js';

/** A network for a user's quantities, to be trained. */
export interface FitTrainable extends TrainableNetwork<FitRunConfig, FitSets> {
  readonly model: FitNetwork;
}

/** A user's own quantities: the task of `clofnet fit train`. */
export const fitTask = {
  name: 'fit',
  command: 'fit train',
  networks: encoderNames,
  examples: { fit: fitConfigSchema },
  config: fitRunSchema,
  /** Makes the network that a configuration, with what was found in the data, describes. */
  build(config: FitRunConfig): FitTrainable {
    const model = new FitNetwork(networkConfigOf(config));
    return {
      model,
      parameters: model.parameters,
      objective: (sets) => ({
        programs: compileObjective(model),
        ...fitExamples({ sets: { ...sets }, weights: config.found?.weights ?? {} }),
      }),
      weightFile: (weights, provenance, { data }) =>
        encodeWeightFile(
          // Where the files lay on this machine is nobody else's business; the hash tells which they were.
          {
            config: model.config,
            provenance: { ...provenance, data: { ...data, files: undefined, indices: undefined } },
          },
          model.parameters,
          weights,
        ),
    };
  },
} satisfies Task<FitRunConfig, FitSets>;
