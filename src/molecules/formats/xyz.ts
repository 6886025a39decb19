import type { MoleculeFormat } from './molecule-format.js';

const BEGINS = /^\s*\d+[ \t]*\r?\n.*\r?\n[ \t]*[A-Z][a-z]?([ \t]+-?\d*\.?\d+([eE][+-]?\d+)?){3}/;

/** XYZ, plain or extended, whose comment lines say the SMILES: there are no bonds in it. */
export const xyz: MoleculeFormat = {
  title: 'XYZ',
  endings: ['.xyz', '.extxyz'],
  beginsLike: (start) => BEGINS.test(new TextDecoder().decode(start)),
  holds: ['graph', 'coordinates', 'stereo', 'properties', 'energies'],
  reader: () => import('./xyz-records.js'),
  writer: () => import('./xyz-conformers.js'),
};
