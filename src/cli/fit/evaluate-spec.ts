import { titlesOf } from '../../files/file-format.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { commandSpec, deviceOption, unusedSeedOption } from '../command.js';

/** `clofnet fit evaluate` */
export const fitEvaluateSpec = commandSpec({
  path: ['fit', 'evaluate'],
  summary: 'measure how well a network predicts your quantities',
  details:
    'Compares what the network predicts with what the files hold: mean absolute error, root mean square error and the ' +
    'largest error of every target, in its unit, beside the spread of the target, which is what a constant predictor ' +
    'scores. Vectors and tensors count by their components. With --run, the network is that of a training run, and what ' +
    'is measured on is a part of its own geometries, or the files that are given.',
  positionals: {
    data: {
      summary: `files to measure on, or folders of them: ${titlesOf(geometryFormats)}; - for standard input`,
      optional: true,
      many: true,
    },
  },
  options: {
    weights: { type: 'string', placeholder: 'file', summary: 'the weight file' },
    run: { type: 'string', placeholder: 'dir', summary: "a folder that 'clofnet fit train' wrote, in its place" },
    split: {
      type: 'choice',
      choices: ['train', 'valid', 'test'],
      summary:
        'with --run, the part to measure on (default: test, or valid where there is none); files say where it lies now',
    },
    device: deviceOption,
    seed: unusedSeedOption,
  },
  examples: [
    'clofnet fit evaluate new.xyz --weights runs/x/weights.safetensors',
    'clofnet fit evaluate --run runs/x',
    'clofnet fit evaluate --run runs/x --split valid --json',
  ],
});
