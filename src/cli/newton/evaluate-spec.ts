import { commandSpec, deviceOption, seedOption } from '../command.js';

/** `clofnet newton evaluate` */
export const evaluateSpec = commandSpec({
  path: ['newton', 'evaluate'],
  summary: 'measure how well a trained network predicts',
  details:
    'Compares the network with two baselines: every body keeps its velocity (x + v·t), or stays ' +
    'where it is. The mean squared error over coordinates is the published measure. With --steps, a network that ' +
    'predicts velocities is applied to what it has predicted, and compared with the trajectories at every step.',
  options: {
    weights: { type: 'string', placeholder: 'file', required: true, summary: 'the weight file' },
    data: {
      type: 'string',
      placeholder: 'path',
      required: true,
      summary: 'folder of .npy files, published layout; or extended XYZ, a file or a folder',
    },
    name: { type: 'string', summary: 'the set in that folder (default: the only one)' },
    split: {
      type: 'choice',
      choices: ['train', 'valid', 'test', 'all'],
      summary: 'the part of the set (default: test; all of a file that the network was not trained on)',
    },
    input: { type: 'integer', min: 0, summary: 'input snapshot (default: as in training, else 30)' },
    target: { type: 'integer', min: 0, summary: 'snapshot to predict (default: as in training, else 40)' },
    spacing: {
      type: 'number',
      above: 0,
      summary: 'extended XYZ: time between snapshots (default: as the file says, or as in training)',
    },
    limit: { type: 'integer', min: 1, summary: 'only the first n trajectories' },
    steps: { type: 'integer', min: 1, placeholder: 'k', summary: 'roll the network out: errors after 1 to k steps' },
    reach: { type: 'boolean', summary: 'also the error of the simulator itself, started in float32: the limit' },
    symmetry: {
      type: 'boolean',
      summary: 'also the least error of a network that follows rotations, where the simulator does not',
    },
    gravity: {
      type: 'string',
      placeholder: 'x,y,z',
      summary: 'gravity, if the network uses it (default: as trained)',
    },
    magnetic: { type: 'string', placeholder: 'x,y,z', summary: 'magnetic field, if the network uses it' },
    seed: seedOption(1),
    device: deviceOption,
  },
  examples: [
    'clofnet newton evaluate --weights runs/es5/weights.safetensors --data data --steps 4 --reach',
    'clofnet newton evaluate --weights runs/es5/weights.safetensors --data data',
    'clofnet newton evaluate --weights weights.safetensors --data data --name charged5_initvel1small --json',
  ],
});
