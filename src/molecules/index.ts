/**
 * Molecules: SMILES, SDF and XYZ, stereo, symmetry, RMSD, drawings, force field, rule-based shapes.
 *
 * @module molecules
 */

export { checkGeometry, checkStereo, type Finding, type FindingKind, repairMirror } from './checks/geometry-checks.js';
export { type Depiction, type DepictionOptions, depict } from './depiction/depiction.js';
export {
  mmff94sEnergy,
  type Relaxed,
  type RelaxOptions,
  relaxMmff94s,
  type Unsupported,
} from './force-field/force-field.js';
export type {
  ConformerCutter,
  ConformerProperties,
  ConformerWriter,
  MoleculeFormat,
  MoleculeLimits,
  MoleculeReader,
} from './formats/molecule-format.js';
export type { MoleculeRecord, MoleculeRecordResult } from './formats/molecule-record.js';
export { parseSdf, readSdf, type SdfRecord, type SdfResult } from './formats/sdf-read.js';
export { type SdfProperties, writeSdf } from './formats/sdf-write.js';
export { writeXyz, type XyzNotes } from './formats/xyz-write.js';
export type { Bonds, Molecule, StereoBond, TetrahedralCentre } from './molecule.js';
export { fetchResources, registerResources } from './open-chem-lib.js';
export { ruleBasedConformers } from './shapes/rule-based.js';
export { SmilesError } from './smiles/error.js';
export {
  type CanonicalOptions,
  canonicalSmiles,
  parseSmiles,
  readSmilesLines,
  type SmilesLine,
  type SmilesOptions,
} from './smiles/smiles.js';
export { enumerateIsomers, type Isomers, openCentres, randomIsomer } from './stereo/isomers.js';
export { type AutomorphismOptions, automorphisms, type Symmetries } from './symmetry/automorphisms.js';
export {
  BestRmsd,
  type Coordinates,
  type Overlay,
  overlay,
  type RmsdOptions,
  rmsdMatrix,
  type Shape,
} from './symmetry/best-rmsd.js';
