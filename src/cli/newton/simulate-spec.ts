import { commandSpec, seedOption } from '../command.js';

/** `clofnet newton simulate` */
export const simulateSpec = commandSpec({
  path: ['newton', 'simulate'],
  summary: 'simulate trajectories of bodies, to train on',
  details:
    'Writes train, valid and test sets as .npy files in the published layout: loc_, vel_ [trajectory, snapshot, 3, body], ' +
    'edges_ and charges_, with set_NAME.json, which says how they were made. The defaults are the published sets, ' +
    'number for number.',
  options: {
    system: {
      type: 'choice',
      choices: ['charged', 'static', 'dynamic', 'springs', 'gravity'],
      default: 'charged',
      summary: 'charges alone, under gravity, in a magnetic field; springs; or masses that attract each other',
    },
    bodies: { type: 'integer', min: 1, max: 10_000, default: 5, summary: 'bodies in each system' },
    protocol: {
      type: 'choice',
      choices: ['clofnet', 'egnn'],
      default: 'clofnet',
      summary: 'whose random streams and softening of forces',
    },
    cutoff: {
      type: 'number',
      above: 0,
      placeholder: 'r',
      summary: 'forces of pairs fall to zero at this distance; work grows with the bodies, not the pairs',
    },
    steps: { type: 'integer', min: 2, default: 5000, summary: 'time steps of a trajectory' },
    sampleEvery: { type: 'integer', min: 1, default: 100, summary: 'time steps from one stored snapshot to the next' },
    timeStep: { type: 'number', above: 0, default: 0.001, summary: 'length of a time step' },
    train: { type: 'integer', min: 0, default: 3000, summary: 'training trajectories; 0 leaves this split out' },
    valid: { type: 'integer', min: 0, default: 2000, summary: 'validation trajectories; 0 leaves this split out' },
    test: { type: 'integer', min: 0, default: 2000, summary: 'test trajectories; 0 leaves this split out' },
    seed: seedOption(43),
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one per core)' },
    out: { type: 'string', placeholder: 'dir', default: 'data', summary: 'folder to write to' },
    force: { type: 'boolean', summary: 'replace an existing set' },
  },
  examples: [
    'clofnet newton simulate --out data',
    'clofnet newton simulate --system dynamic --bodies 20 --train 500 --valid 100 --test 100',
    'clofnet newton simulate --bodies 100 --cutoff 2 --train 300 --valid 50 --test 50',
  ],
});
