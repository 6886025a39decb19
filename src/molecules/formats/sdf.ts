import type { MoleculeFormat } from './molecule-format.js';

/** SDF and MOL files (BIOVIA, CTfile formats), V2000 and V3000. */
export const sdf: MoleculeFormat = {
  title: 'SDF',
  endings: ['.sdf', '.sd', '.mol'],
  beginsLike: (start) => /V[23]000\s*$|^M {2}END/m.test(new TextDecoder().decode(start)),
  holds: ['graph', 'coordinates', 'stereo', 'properties', 'energies'],
  reader: () => import('./sdf-records.js'),
  writer: () => import('./sdf-conformers.js'),
};
