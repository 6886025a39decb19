import type { CommandGroup } from '../command.js';

/** `clofnet newton` */
export const newtonGroup: CommandGroup = { name: 'newton', summary: 'many-body mechanics' };
