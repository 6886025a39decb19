import { theoryLevels } from '../../conformers/dataset/ensemble.js';
import { moleculeFormats } from '../../conformers/records/formats.js';
import { describeInputs } from '../../molecules/formats/molecule-format.js';
import { commandSpec, seedOption } from '../command.js';

/** `clofnet conformers prepare` */
export const conformersPrepareSpec = commandSpec({
  path: ['conformers', 'prepare'],
  summary: 'build a training data set from files with conformers',
  details:
    `Reads ensembles as ${describeInputs(moleculeFormats, 'coordinates')}, ` +
    'and writes one data set and its manifest FILE.json. A conformer is kept where it has ' +
    'the bonds and the stereo of its SMILES; stereo that the SMILES leaves open is taken from the conformer. The same ' +
    'isomer in several inputs becomes one. Isomers of a molecule are all in the same split. A record that cannot be ' +
    'read is reported with its location, reading continues, and the exit code is 1. docs/conformer-data.md has the formats.',
  positionals: { inputs: { summary: 'files with conformers; - for standard input', many: true } },
  options: {
    out: { type: 'string', placeholder: 'file', required: true, summary: 'data set to write, .safetensors' },
    exclude: {
      type: 'list',
      placeholder: 'file',
      summary: 'files with molecules to exclude, whatever their stereo: in the same formats, or a list of SMILES',
    },
    valid: { type: 'number', min: 0, max: 1, default: 0.05, summary: 'share of molecules for validation' },
    test: { type: 'number', min: 0, max: 1, default: 0, summary: 'share of molecules for test' },
    seed: seedOption(7),
    level: {
      type: 'choice',
      choices: theoryLevels,
      summary: 'level of theory of the conformers (default: as stated in the file)',
    },
    maxConformers: { type: 'integer', min: 1, summary: 'conformers to keep of each isomer, those of lowest energy' },
    maxAtoms: { type: 'integer', min: 1, max: 999, default: 999, summary: 'atoms of a molecule, hydrogens included' },
    elements: { type: 'string', placeholder: 'H,C,…', summary: 'the only elements that a molecule may have' },
    limit: { type: 'integer', min: 1, summary: 'stop after n isomers' },
    force: { type: 'boolean', summary: 'replace an existing data set' },
  },
  examples: [
    'clofnet conformers prepare train.jsonl.gz --out train.safetensors --exclude test.jsonl.gz',
    'clofnet conformers prepare drugs_crude.msgpack --out drugs.safetensors --max-conformers 30 --exclude test.smi',
  ],
});
