import { charged } from './kinds/charged.js';
import { dynamic } from './kinds/dynamic.js';
import { gravity } from './kinds/gravity.js';
import { springs } from './kinds/springs.js';
import { statics } from './kinds/static.js';
import type { SystemKindRecord } from './system-kind.js';

/** The kinds of systems that there are. To add one, write its record in a file of its own and list it here. */
export const systemKinds = [charged, statics, dynamic, springs, gravity] as const;

/** What moves the bodies. */
export type SystemKind = (typeof systemKinds)[number]['name'];

/** The names of all kinds. */
export const SYSTEM_KINDS: readonly SystemKind[] = systemKinds.map(({ name }) => name);

/** The record of that name. */
export const kindNamed = (name: SystemKind): SystemKindRecord<SystemKind> =>
  systemKinds.find((kind) => kind.name === name) ?? charged;
