import type { CommandGroup } from '../command.js';

/** `clofnet conformers` */
export const conformersGroup: CommandGroup = { name: 'conformers', summary: 'shapes of molecules' };
