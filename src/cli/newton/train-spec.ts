import { commandSpec } from '../command.js';
import { trainingOptions } from '../training-options.js';

/** `clofnet newton train` */
export const trainSpec = commandSpec({
  path: ['newton', 'train'],
  summary: 'train a network on trajectories',
  details:
    'Trains by a published recipe or by a configuration file (JSON with comments; see configs/newton.jsonc for one ' +
    'that explains every key). Ctrl-C saves a checkpoint; --resume continues from the last one, however the run ended, ' +
    'and gives exactly the numbers of an uninterrupted run.',
  positionals: { config: { summary: 'configuration file (default: the recipe alone)', optional: true } },
  options: {
    recipe: {
      type: 'choice',
      choices: ['es5', 'es20', 'g-es20', 'l-es20'],
      summary: 'published recipe to follow if no configuration is given (default: es5)',
    },
    model: {
      type: 'choice',
      sets: 'model.model',
      choices: async () => (await import('../../newton/networks/registry.js')).modelNames,
      summary: 'network (default: clof_vel, or what the configuration says)',
    },
    hidden: { type: 'integer', sets: 'model.hidden', min: 1, summary: 'width of the layers; even for ClofNet' },
    layers: { type: 'integer', sets: 'model.layers', min: 1, summary: 'rounds of message passing' },
    data: {
      type: 'string',
      sets: 'data.directory',
      placeholder: 'dir',
      summary: 'folder of the trajectories (default: data)',
    },
    name: {
      type: 'string',
      sets: 'data.name',
      placeholder: 'set',
      summary: 'the set in that folder, if it holds several',
    },
    frame: {
      type: 'choice',
      sets: 'model.frame',
      choices: ['published', 'orthonormal'],
      summary: "ClofNet: form of the frames' axes",
    },
    scalarize: {
      type: 'choice',
      sets: 'model.scalarize',
      choices: ['once', 'every-layer'],
      summary: 'ClofNet: how often vectors are scalarized',
    },
    charges: { type: 'boolean', sets: 'model.charges', summary: 'ClofNet: charges as features of the bodies' },
    fields: {
      type: 'string',
      sets: 'model.fields',
      placeholder: 'list',
      summary: 'ClofNet: fields as inputs: gravity, magnetic or both',
    },
    ...trainingOptions('systems'),
    train: { type: 'integer', sets: 'data.train', min: 1, summary: 'training trajectories to use' },
    seed: {
      type: 'integer',
      sets: 'training.seed',
      min: 0,
      max: 0xffffffff,
      summary: 'seed of the initial weights and the order of examples (default: 1)',
    },
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one per core)' },
    device: { type: 'string', summary: 'cpu or webgpu (default: cpu)' },
    out: { type: 'string', placeholder: 'dir', default: 'runs/newton', summary: 'folder of the run' },
    resume: { type: 'boolean', summary: 'continue the run in --out' },
    force: { type: 'boolean', summary: 'replace the run in --out' },
  },
  examples: [
    'clofnet newton train --data data --out runs/es5',
    'clofnet newton train configs/newton.jsonc --seed 2 --out runs/seed2',
    'clofnet newton train --resume --out runs/es5',
  ],
});
