import { commandSpec, unusedSeedOption } from '../command.js';

/** `clofnet fit report` */
export const fitReportSpec = commandSpec({
  path: ['fit', 'report'],
  summary: 'write an HTML report of a training run',
  details:
    'Writes one self-contained HTML file: errors of every target in its unit, predicted against known numbers, error ' +
    'histograms, the worst geometries, learning curves, and the configuration. Errors are those on the test part, or on ' +
    'the validation part where there is none. Training writes it into its folder when it ends; this does so at any time, ' +
    'also for an unfinished run.',
  positionals: { run: { summary: "folder that 'clofnet fit train' wrote" } },
  options: {
    data: { type: 'list', placeholder: 'file', summary: 'the geometries, if they have moved since the run' },
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      summary: 'file to write, .html (default: report.html in the folder of the run)',
    },
    title: { type: 'string', placeholder: 'text', summary: 'title of the report' },
    force: { type: 'boolean', summary: 'replace an existing file' },
    seed: unusedSeedOption,
  },
  examples: ['clofnet fit report runs/fit', 'clofnet fit report runs/ethanol --data moved/ethanol.xyz -o ethanol.html'],
});
