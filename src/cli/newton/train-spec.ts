import { commandSpec } from '../command.js';
import { runOptions, trainingOptions } from '../training-options.js';

/** `clofnet newton train` */
export const trainSpec = commandSpec({
  path: ['newton', 'train'],
  summary: 'train a network on trajectories',
  details:
    'Trains by a recipe (es5 to l-es20 as published; pairs and all are those of the propagator, for 5 and 20 bodies) or ' +
    'by a configuration file (JSON with comments; see configs/newton.jsonc for one ' +
    'that explains every key). Ctrl-C saves a checkpoint; --resume continues from the last one, however the run ended, ' +
    'and gives exactly the numbers of an uninterrupted run.',
  positionals: { config: { summary: 'configuration file (default: the recipe alone)', optional: true } },
  options: {
    recipe: {
      type: 'choice',
      choices: async () => (await import('../../newton/training/recipes.js')).recipeNames,
      summary: 'recipe to follow if no configuration is given: as published, or of the propagator (default: es5)',
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
      summary: 'folder of the trajectories (default: data), or extended XYZ',
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
    innerSteps: {
      type: 'integer',
      sets: 'model.innerSteps',
      min: 1,
      summary: 'propagator: steps of time in which it goes',
    },
    timeSpan: {
      type: 'number',
      sets: 'model.timeSpan',
      above: 0,
      summary: 'propagator: the time from input to target (default: 1)',
    },
    charges: { type: 'boolean', sets: 'model.charges', summary: 'ClofNet: charges as features of the bodies' },
    velocities: {
      type: 'boolean',
      sets: 'model.velocities',
      summary: 'ClofNet: predict velocities too, as long predictions need it',
    },
    steps: {
      type: 'integer',
      sets: 'data.steps',
      min: 1,
      summary: 'apply the network so many times in training, each to what it said (default: 1)',
    },
    velocityWeight: {
      type: 'number',
      sets: 'data.velocityWeight',
      above: 0,
      summary: 'weight of the error of velocities beside that of positions (default: 1)',
    },
    edges: {
      type: 'choice',
      sets: 'model.edges',
      choices: ['products', 'given'],
      summary: 'what is known of a pair: the product of its charges, or what edges_ says (springs)',
    },
    fields: {
      type: 'string',
      sets: 'model.fields',
      placeholder: 'list',
      summary: 'ClofNet, propagator: fields as inputs: gravity, magnetic or both',
    },
    cutoff: {
      type: 'number',
      sets: 'model.cutoff',
      above: 0,
      summary: 'edges only between bodies nearer than this (default: all)',
    },
    scalars: {
      type: 'string',
      sets: 'model.scalars',
      placeholder: 'list',
      summary: 'ClofNet, propagator: further columns as features of the bodies: mass',
    },
    vectors: {
      type: 'string',
      sets: 'model.vectors',
      placeholder: 'list',
      summary: 'ClofNet, propagator: further columns of vectors that turn with the system: spin',
    },
    ...trainingOptions('systems', {
      epochs: 'that of the recipe; of es5 400',
      batch: 'that of the recipe; of es5 128',
      rate: 'that of the recipe; of es5 0.01',
      warmUp: 'that of the recipe; of es5 0',
      schedule: 'that of the recipe; of es5 step',
      clip: 'that of the recipe; of es5 none',
      average: 'that of the recipe; of es5 0',
    }),
    train: { type: 'integer', sets: 'data.train', min: 1, summary: 'training trajectories to use' },
    windows: {
      type: 'string',
      sets: 'data.windows',
      placeholder: 'n',
      summary: 'windows of each trajectory to learn from, or all (default: 1, the published)',
    },
    span: {
      type: 'integer',
      sets: 'data.span',
      min: 1,
      summary: 'propagator: learn in windows of so many snapshots, shorter than what it predicts',
    },
    huber: {
      type: 'number',
      sets: 'data.huber',
      above: 0,
      placeholder: 'length',
      summary: 'errors beyond this length count less than their squares in training',
    },
    input: { type: 'integer', sets: 'data.input', min: 0, summary: 'snapshot that the network sees (default: 30)' },
    target: { type: 'integer', sets: 'data.target', min: 0, summary: 'snapshot that it predicts (default: 40)' },
    spacing: {
      type: 'number',
      sets: 'data.spacing',
      above: 0,
      summary: 'time between snapshots, if the data do not say (default: the published 0.1)',
    },
    mirror: { type: 'boolean', sets: 'data.mirror', summary: 'learn from mirror images too' },
    reverse: {
      type: 'boolean',
      sets: 'data.reverse',
      summary: 'learn from motions backwards in time too: not where friction or heat baths act',
    },
    ...runOptions('runs/newton', ' and the order of examples'),
  },
  examples: [
    'clofnet newton train --data data --out runs/es5',
    'clofnet newton train configs/newton.jsonc --seed 2 --out runs/seed2',
    'clofnet newton train --resume --out runs/es5',
  ],
});
