import { commandSpec } from './command.js';

/** `clofnet compare` */
export const compareSpec = commandSpec({
  path: ['compare'],
  summary: 'compare training runs in one table and one report',
  details:
    'Reads what training left in folders, finished or not, and writes one self-contained HTML file: the settings in ' +
    'which the runs differ, their errors (mean and spread over runs that differ in the seed alone), learning curves. ' +
    'Nothing is computed anew.',
  positionals: { runs: { summary: 'folders of runs, or folders that hold such folders', many: true } },
  options: {
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      default: 'comparison.html',
      summary: 'the .html file to write; an older one is replaced',
    },
    csv: { type: 'string', placeholder: 'file', summary: 'a .csv file to write the table to as well' },
    title: { type: 'string', placeholder: 'text', summary: 'title of the report' },
  },
  examples: ['clofnet compare runs/es5 runs/egnn', 'clofnet compare runs/sweep --csv table.csv -o comparison.html'],
});
