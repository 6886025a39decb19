import { command } from './command.js';
import { simulateSpec } from './newton/simulate-spec.js';
import { trainSpec } from './newton/train-spec.js';
import type { CommandList } from './program.js';

/** Every command, in the order of `--help`. A spec is plain data; the code behind it is loaded when it runs. */
export const commandList: CommandList = {
  groups: {
    newton: 'many-body mechanics: simulate, train, predict',
  },
  commands: [command(simulateSpec, () => import('./newton/simulate.js')), command(trainSpec, () => import('./newton/train.js'))],
};
