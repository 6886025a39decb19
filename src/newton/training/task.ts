import { encodeWeightFile } from '../../networks/weight-file.js';
import type { Task, TrainableNetwork } from '../../training/trainee.js';
import type { Windows } from '../data/windows.js';
import type { DynamicsModel } from '../networks/model.js';
import { createModel, modelNames } from '../networks/registry.js';
import type { PerSplit } from '../simulation/protocol.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';
import { newtonExamples } from './examples.js';
import { fieldsOf } from './experiment-data.js';
import { modelConfigOf } from './model-choice.js';
import { compileObjective } from './objective.js';

/** A network that predicts bodies, to be trained. */
export interface NewtonNetwork extends TrainableNetwork<NewtonConfig, PerSplit<Windows>> {
  readonly model: DynamicsModel;
}

/** Where bodies will be: the task of `clofnet newton train`, and of the page that trains. */
export const newtonTask = {
  name: 'newton',
  command: 'newton train',
  networks: modelNames,
  examples: { newton: newtonConfigSchema },
  config: newtonConfigSchema,
  build: (config: NewtonConfig) => newtonNetwork(config, createModel(modelConfigOf(config))),
} satisfies Task<NewtonConfig, PerSplit<Windows>>;

/** The network of a configuration, to be trained. */
export const newtonNetwork = (config: NewtonConfig, model: DynamicsModel): NewtonNetwork => ({
  model,
  parameters: model.parameters,
  objective: (windows) => ({
    programs: compileObjective(model, config.model.fields),
    ...newtonExamples({
      sets: { ...windows },
      fields: fieldsOf(config),
      augmentation: { mirror: config.data.mirror, reverse: config.data.reverse },
      cutoff: model.cutoff,
      seed: config.training.seed,
    }),
  }),
  weightFile: (weights, provenance, { data, ...others }) =>
    encodeWeightFile(
      {
        config: modelConfigOf(others),
        // Where the trajectories lay on this machine is nobody else's business; the hash tells which they were.
        provenance: { ...provenance, data: { ...data, directory: undefined } },
      },
      model.parameters,
      weights,
    ),
});
