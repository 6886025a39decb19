import { commandSpec, seedOption } from '../command.js';

/** `clofnet newton report` */
export const reportSpec = commandSpec({
  path: ['newton', 'report'],
  summary: 'write an HTML report of one or more training runs',
  details:
    'Predicts the test trajectories with the best weights of each run and writes one self-contained HTML file: ' +
    'errors beside those of a straight line, loss curves, predicted and true positions in 3D, configurations.',
  positionals: { runs: { summary: "folders that 'clofnet newton train' wrote", many: true } },
  options: {
    data: {
      type: 'string',
      placeholder: 'path',
      summary: 'the trajectories to test on, a folder or files in extended XYZ (default: those of the first run)',
    },
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      default: 'report.html',
      summary: 'the .html file to write; an older one is replaced',
    },
    title: { type: 'string', placeholder: 'text', summary: 'title of the report' },
    systems: { type: 'integer', min: 0, max: 50, default: 6, summary: 'test systems to show in 3D' },
    seed: seedOption(1),
  },
  examples: [
    'clofnet newton report runs/es5',
    'clofnet newton report runs/clofnet runs/egnn --data data --out comparison.html',
  ],
});
