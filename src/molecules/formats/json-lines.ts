import type { MoleculeFormat } from './molecule-format.js';

/** A molecule and its conformers a line, as `clofnet conformers ensemble` writes them. */
export const jsonLines: MoleculeFormat = {
  title: 'JSON lines',
  endings: ['.jsonl', '.ndjson', '.json'],
  beginsLike: ([first]) => first === 0x7b,
  holds: ['graph', 'coordinates', 'stereo', 'ensembles', 'energies'],
  reader: () => import('./json-lines-records.js'),
};
