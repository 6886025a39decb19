import { moleculeFormats } from '../../conformers/records/formats.js';
import { usualEndings } from '../../files/file-format.js';
import { describeInputs, writtenFormats } from '../../molecules/formats/molecule-format.js';
import { commandSpec, deviceOption, seedOption } from '../command.js';
import { makingOptions } from './making-options.js';

/** `clofnet conformers evaluate` */
export const conformersEvaluateSpec = commandSpec({
  path: ['conformers', 'evaluate'],
  summary: 'measure how well generated conformers match references',
  details:
    'Compares generated conformers with reference ensembles: those of a file, from any program, or where none is ' +
    "given those that clofnet's own network generates. It reports the share of references " +
    'that are found and of generated conformers that are right (COV, recall and precision), the mean distance to the ' +
    'nearest match (AMR, also called MAT), discrepancies of bond lengths (MMD), and how many are of the right isomer ' +
    'and plausible. Distances are RMSDs of heavy atoms, the least over alignments and symmetries. Molecules are matched ' +
    'by their graph; the order of atoms does not matter. The published protocols generate twice as many conformers as ' +
    'there are references and take 0.5 Å for small molecules, 0.75 or 1.25 Å for drug-like ones.',
  positionals: {
    references: {
      summary: `reference ensembles: ${describeInputs(moleculeFormats, 'coordinates')}; - for standard input`,
    },
    generated: {
      summary: 'the generated conformers, in any of these formats (default: those that clofnet generates)',
      optional: true,
    },
  },
  options: {
    delta: {
      type: 'string',
      placeholder: 'a,b,…',
      default: '0.5,0.75,1.25',
      summary: 'distances that count as a match, in Å',
    },
    symmetrize: {
      type: 'boolean',
      summary: 'take conjugated terminal groups (carboxylate, nitro) as symmetric; the published figures do not',
    },
    limit: { type: 'integer', min: 1, summary: 'only the first n reference molecules' },
    report: { type: 'string', placeholder: 'file', summary: 'write an HTML report with pictures, .html' },
    title: { type: 'string', placeholder: 'text', summary: 'title of the report' },
    workers: { type: 'integer', min: 1, summary: 'threads (default: one per core)' },
    perReference: {
      type: 'integer',
      min: 1,
      default: 2,
      summary: 'conformers to generate for each reference conformer',
    },
    ...makingOptions,
    weights: { type: 'string', placeholder: 'file', summary: 'as for conformers generate' },
    save: {
      type: 'string',
      placeholder: 'file',
      summary: `keep the generated conformers here, ${usualEndings(writtenFormats(moleculeFormats))}`,
    },
    force: { type: 'boolean', summary: 'replace the file in --save' },
    device: deviceOption,
    seed: seedOption(1),
  },
  examples: [
    'clofnet conformers evaluate references.jsonl.gz --relax mmff94s --delta 0.5',
    'clofnet conformers evaluate references.jsonl.gz generated.sdf',
    'clofnet conformers evaluate references.jsonl.gz generated.sdf --delta 0.75 --report report.html',
  ],
});
