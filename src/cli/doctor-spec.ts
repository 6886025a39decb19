import { commandSpec, unusedSeedOption } from './command.js';

/** `clofnet doctor` */
export const doctorSpec = commandSpec({
  path: ['doctor'],
  summary: 'show what this machine offers: versions, devices, threads, speed',
  details:
    'Every device computes a small program and is compared with the CPU. The rating, in billions of floating-point ' +
    'operations a second, takes about one second; run it while the machine has nothing else to do.',
  options: { seed: unusedSeedOption },
  examples: ['clofnet doctor', 'clofnet doctor --json'],
});
