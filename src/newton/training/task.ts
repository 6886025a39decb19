import { UserError } from '../../common/errors.js';
import { encodeWeightFile } from '../../networks/weight-file.js';
import type { Task, TrainableNetwork } from '../../training/trainee.js';
import type { Windows } from '../data/windows.js';
import type { DynamicsModel } from '../networks/model.js';
import { createModel, modelNames, partOfNetwork, predictsVelocities } from '../networks/registry.js';
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
  settings: (config: NewtonConfig) => ({ ...config, model: modelConfigOf(config) }),
  build(given: NewtonConfig): NewtonNetwork {
    // In full: the configurations of runs of earlier versions lack keys.
    const config = newtonConfigSchema.parse(given);
    checkVelocities(config);
    partOf(config);
    return newtonNetwork(config, createModel(modelConfigOf(config)));
  },
} satisfies Task<NewtonConfig, PerSplit<Windows>>;

/**
 * What is trained in the place of the network, where windows are shorter than what is to be predicted.
 * @throws UserError where they are longer, and for a network that cannot be cut to them
 */
function partOf(config: NewtonConfig): DynamicsModel | undefined {
  const { input, target, span = target - input } = config.data;
  if (span === target - input) return undefined;
  if (span > target - input) {
    throw new UserError(`is ${span}, but from input to target there are ${target - input} snapshots`, {
      about: 'data.span',
      remedy: { setting: 'data.span', action: 'omit' },
    });
  }
  return createModel(partOfNetwork(modelConfigOf(config), span / (target - input)));
}

/** What needs velocities that are predicted, and why. */
const NEED_VELOCITIES = {
  velocityWeight: 'weighs the error of velocities',
  steps: 'goes on from the velocities after a step',
} as const;

/** @throws UserError for settings that are about velocities, where none are predicted */
function checkVelocities(config: NewtonConfig): void {
  if (predictsVelocities(modelConfigOf(config))) return;
  for (const [key, does] of Object.entries(NEED_VELOCITIES)) {
    if (config.data[key as keyof typeof NEED_VELOCITIES] === 1) continue;
    throw new UserError(`${does}, which this network does not predict`, {
      about: `data.${key}`,
      remedy: [{ setting: 'model.velocities' }, { setting: `data.${key}`, action: 'omit' }],
    });
  }
}

/** The network of a configuration, to be trained. */
export const newtonNetwork = (config: NewtonConfig, model: DynamicsModel): NewtonNetwork => ({
  model,
  parameters: model.parameters,
  objective: (windows) => ({
    programs: compileObjective(model, config.model.fields, { ...config.data, part: partOf(config) }),
    ...newtonExamples({
      sets: { ...windows },
      fields: fieldsOf(config),
      velocities: predictsVelocities(modelConfigOf(config)),
      steps: config.data.steps,
      augmentation: { mirror: config.data.mirror, reverse: config.data.reverse },
      graph: model.graph,
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
