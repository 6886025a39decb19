import { conformerNetworkNames } from '../../conformers/training/network-list.js';
import { commandSpec } from '../command.js';
import { runOptions, trainingOptions } from '../training-options.js';

/** `clofnet conformers train` */
export const conformersTrainSpec = commandSpec({
  path: ['conformers', 'train'],
  summary: 'train a network that generates conformers',
  details:
    'Trains a denoiser, or the published score network, on a data set that clofnet conformers prepare has written, with ' +
    'the defaults or a configuration file (JSON with comments; configs/conformers.jsonc and configs/score.jsonc ' +
    'explain every key). Ctrl-C ' +
    'saves a checkpoint; --resume continues from the last one, however the run ended, and gives exactly the numbers ' +
    'of an uninterrupted run.',
  positionals: { config: { summary: 'configuration file (default: none)', optional: true } },
  options: {
    data: {
      type: 'string',
      sets: 'data.file',
      placeholder: 'file',
      summary: 'data set (default: conformers.safetensors)',
    },
    network: {
      type: 'choice',
      choices: conformerNetworkNames,
      summary: 'denoiser, or the published score network (default: denoiser)',
    },
    hidden: {
      type: 'integer',
      sets: 'model.hidden',
      min: 1,
      summary: 'width of the atom features; of the score network a multiple of 8',
    },
    layers: {
      type: 'integer',
      sets: 'model.layers',
      min: 1,
      summary: 'message-passing layers; of the score network in each of its blocks',
    },
    vectors: {
      type: 'integer',
      sets: 'model.vectors',
      min: 1,
      summary: 'directions that an atom of the denoiser keeps in addition to its position',
    },
    ...trainingOptions('conformers', {
      epochs: '100; of the score network 400',
      batch: '64; of the score network 128',
      rate: '0.002; of the score network 0.001',
      warmUp: '0',
      schedule: 'cosine; of the score network plateau',
      clip: '1; of the score network none',
      average: '0.999; of the score network 0',
    }),
    ...runOptions('runs/conformers', ', the order of examples and the noise'),
  },
  examples: [
    'clofnet conformers train --data qm9.safetensors --out runs/qm9',
    'clofnet conformers train configs/conformers.jsonc --from weights/conformers.safetensors --epochs 20',
    'clofnet conformers train --network score --hidden 64 --data qm9.safetensors --out runs/score',
    'clofnet conformers train --resume --out runs/qm9',
  ],
});
