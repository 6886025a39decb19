import type { MoleculeFormat } from './molecule-format.js';

/** GEOM's `qm9_crude.msgpack` and `drugs_crude.msgpack` (Axelrod and Gómez-Bombarelli 2022). */
export const geomMsgpack: MoleculeFormat = {
  title: "GEOM's msgpack",
  endings: ['.msgpack'],
  beginsLike: ([first = 0]) => (first >= 0x80 && first < 0x90) || first === 0xde || first === 0xdf,
  holds: ['graph', 'coordinates', 'stereo', 'ensembles', 'energies'],
  reader: () => import('./geom-records.js'),
};
