import { moleculeFormats } from '../../conformers/records/formats.js';
import { describeInputs } from '../../molecules/formats/molecule-format.js';
import { commandSpec, seedOption } from '../command.js';

/** `clofnet conformers ensemble` */
export const conformersEnsembleSpec = commandSpec({
  path: ['conformers', 'ensemble'],
  summary: 'generate conformers to train on: minima of a force field',
  details:
    'Generates random shapes of each molecule, relaxes them by MMFF94s, and writes the unique minima of low energy with ' +
    'their Boltzmann weights, one molecule per line of JSON, for clofnet conformers prepare. Stereo that the input ' +
    'leaves open is set at random; repeated molecules are omitted. Molecules without parameters get a line ' +
    'that says so. A run that is stopped leaves whole lines, and --resume completes exactly the file an ' +
    'uninterrupted run writes. Exit code 1 says that lines could not be read or molecules got no conformers.',
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
    rules: { type: 'integer', min: 0, max: 100_000, default: 0, summary: 'additional OpenChemLib conformers to relax' },
    window: { type: 'number', min: 0, default: 6, summary: 'keep minima up to this many kcal/mol above the lowest' },
    rmsd: { type: 'number', min: 0, default: 0.125, summary: 'minima within this RMSD in Å count as one' },
    most: {
      type: 'integer',
      min: 1,
      default: 50,
      summary: 'the most conformers to keep of a molecule, those of lowest energy',
    },
    maxAtoms: {
      type: 'integer',
      min: 1,
      max: 999,
      default: 300,
      summary: 'larger molecules are refused, hydrogens counted',
    },
    limit: { type: 'integer', min: 1, summary: 'stop after n molecules' },
    seed: seedOption(7),
    workers: {
      type: 'integer',
      min: 1,
      max: 256,
      summary: 'threads (default: one per core); results do not depend on it',
    },
    resume: { type: 'boolean', summary: 'continue the file in --out' },
    force: { type: 'boolean', summary: 'replace the file in --out' },
  },
  examples: [
    'clofnet conformers ensemble molecules.smi -o train.jsonl.gz',
    'clofnet conformers ensemble molecules.smi -o train.jsonl.gz --resume',
    "clofnet conformers ensemble 'CC(=O)Oc1ccccc1C(=O)O' --starts 200 -o aspirin.jsonl",
  ],
});
