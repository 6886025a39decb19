import { commandSpec } from '../command.js';
import { runOptions, trainingOptions } from '../training-options.js';

/** `clofnet fit train` */
export const fitTrainSpec = commandSpec({
  path: ['fit', 'train'],
  summary: "train a network on a file's own quantities",
  details:
    'Learns to predict what files of geometries hold: energies and forces, dipoles, charges, tensors. Reads extended ' +
    'XYZ, .npz in the layouts of rMD17 and MD17, and JSON lines, packed or not. What is learned is always named; ' +
    'energy=REF_energy takes a column of another name, and what has no conventional name is declared in a ' +
    'configuration file (JSON with comments; configs/fit.jsonc explains every key). Ctrl-C saves a checkpoint; ' +
    '--resume continues from the last one, however the run ended, and gives exactly the numbers of an uninterrupted run.',
  positionals: { data: { summary: 'files of geometries, or folders of them', optional: true, many: true } },
  options: {
    targets: {
      type: 'string',
      sets: 'data.targets',
      placeholder: 'list',
      summary: 'what to learn: energy,forces; energy[kcal/mol] in another unit',
    },
    inputs: {
      type: 'string',
      sets: 'data.inputs',
      placeholder: 'list',
      summary: 'what the network sees beside species and positions: charges',
    },
    config: { type: 'string', placeholder: 'file', summary: 'configuration file (default: none)' },
    encoder: {
      type: 'choice',
      sets: 'model.encoder',
      choices: async () => (await import('../../networks/encoders.js')).encoderNames,
      summary: 'network (default: lofnet, or what the configuration says)',
    },
    hidden: { type: 'integer', sets: 'model.hidden', min: 1, summary: 'scalars and vectors of an atom (default: 64)' },
    layers: { type: 'integer', sets: 'model.layers', min: 1, summary: 'rounds of message passing (default: 3)' },
    cutoff: {
      type: 'number',
      sets: 'model.cutoff',
      min: 0,
      summary: 'how far atoms see, in the unit of length, Å where nothing else is said (default: 5)',
    },
    parity: {
      type: 'choice',
      sets: 'model.parity',
      choices: ['even', 'any'],
      summary: 'even: mirror images have the same energy (default); any: they may differ',
    },
    train: { type: 'integer', sets: 'data.split.train', min: 1, summary: 'geometries to learn from, at most' },
    valid: {
      type: 'number',
      sets: 'data.split.valid',
      min: 0,
      summary: 'geometries for validation: a share, or a number (default: 0.1)',
    },
    test: {
      type: 'number',
      sets: 'data.split.test',
      min: 0,
      summary: 'geometries for the test: a share, or a number (default: 0.1)',
    },
    splitSeed: {
      type: 'integer',
      sets: 'data.split.seed',
      min: 0,
      max: 0xffffffff,
      summary: 'which geometries go where (default: 1)',
    },
    groupBy: {
      type: 'string',
      sets: 'data.split.groupBy',
      placeholder: 'key',
      summary: 'keep geometries with the same value of this key together: smiles',
    },
    ...trainingOptions('geometries', {
      epochs: '200',
      batch: '8',
      rate: '0.005',
      warmUp: '100',
      schedule: 'cosine',
      clip: '10',
      average: '0.999',
    }),
    ...runOptions('runs/fit', ' and the order of examples'),
  },
  examples: [
    'clofnet fit train ethanol.xyz --targets energy,forces --out runs/ethanol',
    'clofnet fit train molecules.xyz.gz --targets dipole,quadrupole --group-by smiles',
    'clofnet fit train --resume --out runs/ethanol',
  ],
});
