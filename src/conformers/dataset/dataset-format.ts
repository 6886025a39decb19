import type { MoleculeFormat } from '../../molecules/formats/molecule-format.js';

/** Data sets of conformers that clofnet has prepared; see docs/conformer-data.md. */
export const datasetFormat: MoleculeFormat = {
  title: 'data sets of clofnet',
  endings: ['.safetensors'],
  beginsLike: (start) => start[8] === 0x7b,
  holds: ['graph', 'coordinates', 'stereo', 'ensembles', 'energies'],
  reader: () => import('./dataset-records.js'),
};
