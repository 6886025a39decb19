import { titlesOf } from '../../files/file-format.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { commandSpec, deviceOption, unusedSeedOption } from '../command.js';

/** `clofnet fit relax` */
export const fitRelaxSpec = commandSpec({
  path: ['fit', 'relax'],
  summary: 'optimise geometries with learned energies',
  details:
    'Moves the atoms of every geometry of a file to a minimum of the energy nearby (L-BFGS), until no force on an atom ' +
    'is larger than --max-force. Writes the relaxed geometries in extended XYZ with energies and forces, each as it is ' +
    'finished. Cells stay as they are. Positions are in the unit of length of the weights. Exit code 1 says that ' +
    'geometries did not get there.',
  positionals: {
    geometries: { summary: `a file of ${titlesOf(geometryFormats)}, plain or gzip; - for standard input` },
  },
  options: {
    weights: { type: 'string', placeholder: 'file', required: true, summary: 'the weight file, with energies' },
    out: { type: 'string', short: 'o', placeholder: 'file', required: true, summary: 'file to write, .xyz or .extxyz' },
    maxForce: {
      type: 'number',
      min: 0,
      placeholder: 'f',
      summary:
        'the largest force that may be left, in the units of the weights (default: 0.05 eV/Å, converted to them)',
    },
    steps: { type: 'integer', min: 0, default: 500, sets: 'maxSteps', summary: 'the most steps to take of a geometry' },
    trajectory: { type: 'string', placeholder: 'file', summary: 'write all steps to this file, .xyz or .extxyz' },
    force: { type: 'boolean', summary: 'replace existing files' },
    device: deviceOption,
    seed: unusedSeedOption,
  },
  examples: [
    'clofnet fit relax molecules.xyz --weights runs/x/weights.safetensors -o relaxed.xyz',
    'clofnet fit relax ethanol.xyz --weights ethanol.safetensors --max-force 0.01 -o minimum.xyz --trajectory path.xyz',
  ],
});
