import { commandSpec } from './command.js';

/** `clofnet sweep` */
export const sweepSpec = commandSpec({
  path: ['sweep'],
  summary: 'train with several settings and seeds, and compare the runs',
  details:
    'Trains every combination of the values that --vary gives, with every seed, one run after the other, each in a ' +
    'folder of its own below --out. Values are JSON or words; all are checked before anything is trained. A table and a report (table.csv and report.html in --out) are written after every run: mean, ' +
    'standard deviation and range over the seeds. Ctrl-C saves a checkpoint; the same command goes on. Finished runs ' +
    'are not trained again, so that values and seeds can be added later.',
  positionals: {
    task: { summary: 'newton, conformers or fit; not needed where the configuration file tells which', optional: true },
    config: { summary: 'configuration file to start from (default: the defaults of every key)', optional: true },
  },
  options: {
    vary: {
      type: 'list',
      placeholder: 'key=values',
      summary: 'a key of the configuration and its values, as in model.layers=4,8; may be repeated',
    },
    set: {
      type: 'list',
      placeholder: 'key=value',
      summary: 'a key of the configuration and its value in all runs; may be repeated',
    },
    seeds: {
      type: 'string',
      placeholder: 'list',
      summary: 'seeds to train every combination with, as in 1,2,3 or 1-3 (default: that of the configuration)',
    },
    data: { type: 'string', placeholder: 'path', summary: 'data to train on (default: what the configuration says)' },
    from: { type: 'string', placeholder: 'file', summary: 'weights of the same network to start all runs from' },
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one per core)' },
    device: { type: 'string', summary: 'cpu or webgpu (default: cpu)' },
    out: { type: 'string', placeholder: 'dir', default: 'runs/sweep', summary: 'folder of the runs' },
    force: { type: 'boolean', summary: 'replace runs in --out that have other settings or data' },
  },
  examples: [
    'clofnet sweep newton --seeds 1,2,3 --out runs/seeds',
    'clofnet sweep newton --vary model.layers=4,8 --vary training.rate=0.01,0.003 --seeds 1-3',
    'clofnet sweep configs/newton.jsonc --vary model.model=clof_vel,egnn_vel --set training.epochs=100',
  ],
});
