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
  summary: 'make 3D conformers of molecules',
  details:
    'Samples conformers with a network and checks the stereo, bonds and clashes of each; wrong ones are drawn again. ' +
    'Each conformer is written as soon as it and those before it are finished, so that a run that is stopped leaves ' +
    'whole records, and --resume goes on to the very file that an undisturbed run writes. Exit code 1 says that lines ' +
    'of the input could not be read or molecules got no conformer; the others are written all the same.',
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
    unique: { type: 'number', min: 0, summary: 'leave out conformers within this RMSD of an earlier one, in Å' },
    isomers: {
      type: 'choice',
      choices: isomerChoices,
      default: 'sample',
      summary: 'stereo that the input leaves open: another one for each conformer, or the first that exists',
    },
    maxAtoms: { type: 'integer', min: 1, default: 300, summary: 'larger molecules are refused, hydrogens counted' },
    maxDraws: { type: 'integer', min: 1, default: 8, summary: 'how often a conformer is drawn until it is right' },
    trajectory: { type: 'string', placeholder: 'file', summary: 'write the way from noise to conformer here, as XYZ' },
    trajectoryOf: {
      type: 'choice',
      choices: ['first', 'all'],
      default: 'first',
      summary: 'the way of the first conformer of the first molecule, or of all',
    },
    weights: { type: 'string', placeholder: 'file', summary: 'weight file (default: the one that comes with clofnet)' },
    seed: seedOption(1),
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one a core); they change no number' },
    device: deviceOption,
    resume: { type: 'boolean', summary: 'go on with the file in --out' },
    force: {
      type: 'boolean',
      summary: 'replace the files in --out and --trajectory; an old one goes with the first conformer',
    },
  },
  examples: [
    "clofnet conformers generate 'CC(=O)Oc1ccccc1C(=O)O' -n 10 -o aspirin.sdf",
    'clofnet conformers generate molecules.smi -n 50 --relax mmff94s --unique 0.2 -o conformers.sdf',
    'clofnet conformers generate molecules.smi -n 50 -o conformers.sdf --resume',
    "clofnet conformers generate 'CCO' -n 1 --start noise --trajectory way.xyz -o ethanol.xyz",
  ],
});
