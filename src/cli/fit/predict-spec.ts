import { titlesOf } from '../../files/file-format.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { commandSpec, deviceOption, unusedSeedOption } from '../command.js';

/** `clofnet fit predict` */
export const fitPredictSpec = commandSpec({
  path: ['fit', 'predict'],
  summary: 'predict your quantities of new geometries',
  details:
    'Writes extended XYZ with all that the file has and what the network predicts: columns of atoms, such as forces, and ' +
    'values of the comment line, such as energy, in the units of the weights. Where the first geometries of the file have ' +
    'a column of the same name, the prediction is called predicted_NAME. Geometries are read, predicted and written a ' +
    'few at a time, so that a file may be of any length; the file to write takes its name when it is complete.',
  positionals: {
    geometries: { summary: `a file of ${titlesOf(geometryFormats)}, plain or gzip; - for standard input` },
  },
  options: {
    weights: { type: 'string', placeholder: 'file', required: true, summary: 'the weight file' },
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      default: '-',
      summary: 'file to write, .xyz or .extxyz; - for standard output',
    },
    prefix: {
      type: 'string',
      placeholder: 'text',
      summary: 'what stands before the names of predictions (default: predicted_ where a name is taken)',
    },
    force: { type: 'boolean', summary: 'replace an existing file' },
    device: deviceOption,
    seed: unusedSeedOption,
  },
  examples: [
    'clofnet fit predict new.xyz --weights runs/x/weights.safetensors -o predicted.xyz',
    'gunzip -c frames.npz.gz | clofnet fit predict - --weights runs/x/weights.safetensors > predicted.xyz',
  ],
});
