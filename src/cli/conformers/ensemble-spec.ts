import { moleculeFormats } from '../../conformers/records/formats.js';
import { describeInputs } from '../../molecules/formats/molecule-format.js';
import { commandSpec, seedOption } from '../command.js';

/** `clofnet conformers ensemble` */
export const conformersEnsembleSpec = commandSpec({
  path: ['conformers', 'ensemble'],
  summary: 'make conformers to train on: minima of a force field',
  details:
    'Draws shapes of each molecule at random, relaxes them by MMFF94s, and writes the unique minima of low energy with ' +
    'their Boltzmann weights, one molecule a line of JSON, for clofnet conformers prepare. Stereo that the input ' +
    'leaves open is set at random; a molecule that comes again is left out. Molecules without parameters get a line ' +
    'that says so. A run that is stopped leaves whole lines, and --resume goes on to the file that an undisturbed run ' +
    'writes. Exit code 1 says that lines could not be read or molecules got no conformers.',
  positionals: {
    input: {
      summary: `a SMILES in quotes, - for standard input, or a file: ${describeInputs(moleculeFormats, 'graph')}`,
    },
  },
  options: {
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      required: true,
      summary: 'file to write, .jsonl or .jsonl.gz',
    },
    starts: { type: 'integer', min: 1, max: 100_000, default: 50, summary: 'shapes of each molecule to relax' },
    rules: { type: 'integer', min: 0, max: 100_000, default: 0, summary: "OpenChemLib's conformers to relax besides" },
    window: { type: 'number', min: 0, default: 6, summary: 'kcal/mol over the lowest minimum that are kept' },
    rmsd: { type: 'number', min: 0, default: 0.125, summary: 'minima within this RMSD in Å are one' },
    most: { type: 'integer', min: 1, default: 50, summary: 'conformers of a molecule, those of lowest energy' },
    maxAtoms: {
      type: 'integer',
      min: 1,
      max: 999,
      default: 300,
      summary: 'larger molecules are refused, hydrogens counted',
    },
    limit: { type: 'integer', min: 1, summary: 'stop after so many molecules' },
    seed: seedOption(7),
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one a core); they change no number' },
    resume: { type: 'boolean', summary: 'go on with the file in --out' },
    force: { type: 'boolean', summary: 'replace the file in --out' },
  },
  examples: [
    'clofnet conformers ensemble molecules.smi -o train.jsonl.gz',
    'clofnet conformers ensemble molecules.smi -o train.jsonl.gz --resume',
    "clofnet conformers ensemble 'CC(=O)Oc1ccccc1C(=O)O' --starts 200 -o aspirin.jsonl",
  ],
});
