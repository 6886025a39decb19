import { isomerChoices } from '../../conformers/making/isomer-choice.js';
import { moleculeFormats } from '../../conformers/records/formats.js';
import { usualEndings } from '../../files/file-format.js';
import { describeInputs, writtenFormats } from '../../molecules/formats/molecule-format.js';
import { commandSpec, deviceOption, seedOption } from '../command.js';
import { makingOptions } from './making-options.js';

const written = writtenFormats(moleculeFormats);

/** `clofnet conformers generate` */
export const conformersGenerateSpec = commandSpec({
  path: ['conformers', 'generate'],
  summary: 'generate 3D conformers of molecules',
  details:
    'Samples conformers with a network and checks the stereo, bonds and clashes of each; wrong ones are resampled. ' +
    'Each conformer is written as soon as it and those before it are finished, so that a run that is stopped leaves ' +
    'whole records, and --resume completes exactly the file an uninterrupted run writes. Exit code 1 says that lines ' +
    'of the input could not be read or molecules got no conformer; the others are still written.',
  positionals: {
    input: {
      summary: `a SMILES in quotes, - for standard input, or a file: ${describeInputs(moleculeFormats, 'graph')}`,
    },
  },
  options: {
    count: { type: 'integer', short: 'n', min: 1, default: 10, summary: 'conformers of each molecule' },
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      default: '-',
      summary: `file to write, ${usualEndings(written)}; - for standard output, as ${written[0].title}`,
    },
    ...makingOptions,
    unique: { type: 'number', above: 0, summary: 'omit conformers within this RMSD of an earlier one, in Å' },
    isomers: {
      type: 'choice',
      choices: isomerChoices,
      default: 'sample',
      summary: 'stereo that the input leaves open: a random one per conformer, or the first that exists',
    },
    maxAtoms: { type: 'integer', min: 1, default: 300, summary: 'larger molecules are refused, hydrogens counted' },
    maxAttempts: {
      type: 'integer',
      formerly: 'maxDraws',
      min: 1,
      default: 8,
      summary: 'attempts per conformer',
    },
    trajectory: {
      type: 'string',
      placeholder: 'file',
      summary: 'write the trajectory from noise to conformer here, as XYZ',
    },
    trajectoryOf: {
      type: 'choice',
      choices: ['first', 'all'],
      default: 'first',
      summary: 'the trajectory of the first conformer of the first molecule, or of all',
    },
    weights: { type: 'string', placeholder: 'file', summary: 'weight file (default: the one that comes with clofnet)' },
    seed: seedOption(1),
    workers: {
      type: 'integer',
      min: 1,
      max: 256,
      summary: 'threads (default: one per core); results do not depend on it',
    },
    device: deviceOption,
    resume: { type: 'boolean', summary: 'continue the file in --out' },
    force: {
      type: 'boolean',
      summary:
        'replace the files in --out and --trajectory; the old file is removed when the first conformer is written',
    },
  },
  examples: [
    "clofnet conformers generate 'CC(=O)Oc1ccccc1C(=O)O' -n 10 -o aspirin.sdf",
    'clofnet conformers generate molecules.smi -n 50 --relax mmff94s --unique 0.2 -o conformers.sdf',
    'clofnet conformers generate molecules.smi -n 50 -o conformers.sdf --resume',
    "clofnet conformers generate 'CCO' -n 1 --start noise --trajectory trajectory.xyz -o ethanol.xyz",
  ],
});
