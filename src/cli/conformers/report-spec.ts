import { commandSpec, seedOption } from '../command.js';

/** `clofnet conformers report` */
export const conformersReportSpec = commandSpec({
  path: ['conformers', 'report'],
  summary: 'write an HTML report of a training run',
  details:
    'Writes one HTML file that needs nothing else: loss curves, errors by noise level, conformers that the best ' +
    'weights make of validation molecules, laid on references, and the configuration. Training writes it into its ' +
    'folder when it ends; this does so at any time, of a run that is not finished too.',
  positionals: { run: { summary: "folder that 'clofnet conformers train' wrote" } },
  options: {
    data: { type: 'string', placeholder: 'file', summary: 'the data set, where it is not where the run had it' },
    out: { type: 'string', short: 'o', placeholder: 'file', default: 'report.html', summary: 'file to write, .html' },
    title: { type: 'string', placeholder: 'text', summary: 'title of the report' },
    molecules: { type: 'integer', min: 0, max: 50, default: 6, summary: 'validation molecules to make conformers of' },
    seed: seedOption(1),
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one a core)' },
  },
  examples: [
    'clofnet conformers report runs/conformers',
    'clofnet conformers report runs/qm9 --data qm9.safetensors --molecules 12 -o qm9.html',
  ],
});
