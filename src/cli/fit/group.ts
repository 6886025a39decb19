import type { CommandGroup } from '../command.js';

/** `clofnet fit` */
export const fitGroup: CommandGroup = {
  name: 'fit',
  summary: 'your own quantities: energies, forces, dipoles, tensors',
};
