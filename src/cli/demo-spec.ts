import { commandSpec } from './command.js';

/** `clofnet demo` */
export const demoSpec = commandSpec({
  path: ['demo'],
  summary: 'everything in a minute: simulate, train three networks, compare, make conformers, write a report',
  details:
    'Simulates a small set of charged bodies, trains ClofNet, EGNN and the propagator on it, prints their errors next to those of the ' +
    'straight line and of the weights that come with clofnet, generates conformers of aspirin, and writes a report.',
  options: {
    out: { type: 'string', placeholder: 'dir', default: 'runs/demo', summary: 'folder for data, runs and report' },
    epochs: { type: 'integer', min: 1, default: 60, summary: 'passes over the training set' },
    train: { type: 'integer', min: 128, max: 3000, default: 1000, summary: 'training trajectories' },
    seed: {
      type: 'integer',
      min: 0,
      max: 0xffffffff,
      default: 7,
      summary: 'seed of the trajectories and of the initial weights',
    },
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one per core)' },
  },
  examples: ['clofnet demo', 'clofnet demo --epochs 200 --train 3000 --out runs/longer'],
});
