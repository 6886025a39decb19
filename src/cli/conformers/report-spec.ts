import { commandSpec, seedOption } from '../command.js';

/** `clofnet conformers report` */
export const conformersReportSpec = commandSpec({
  path: ['conformers', 'report'],
  summary: 'write an HTML report of a training run',
  details:
    'Writes one self-contained HTML file: loss curves, errors by noise level, conformers that the best ' +
    'weights generate for validation molecules, aligned to references, and the configuration. Training writes it into its ' +
    'folder when it ends; this does so at any time, also for an unfinished run.',
  positionals: { run: { summary: "folder that 'clofnet conformers train' wrote" } },
  options: {
    data: { type: 'string', placeholder: 'file', summary: 'the data set, if it has moved since the run' },
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      summary: 'file to write, .html (default: report.html in the folder of the run)',
    },
    title: { type: 'string', placeholder: 'text', summary: 'title of the report' },
    force: { type: 'boolean', summary: 'replace an existing file' },
    molecules: { type: 'integer', min: 0, max: 50, default: 6, summary: 'validation molecules to make conformers of' },
    seed: seedOption(1),
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one per core)' },
  },
  examples: [
    'clofnet conformers report runs/conformers',
    'clofnet conformers report runs/qm9 --data qm9.safetensors --molecules 12 -o qm9.html',
  ],
});
