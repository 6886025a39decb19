// What the package exports of molecules.
export { type AutomorphismOptions, automorphisms, type Symmetries } from './automorphisms.js';
export { BestRmsd, type Overlay, overlay, type RmsdOptions, rmsdMatrix } from './best-rmsd.js';
export { type EmbeddingPlan, embeddingPlan, embedShape } from './distance-geometry.js';
export {
  type ExtendedGraph,
  extendedGraph,
  type MoleculeRings,
  moleculeRings,
  topologicalDistances,
} from './extended-graph.js';
export {
  mmff94sEnergy,
  type OpenForceField,
  openForceField,
  type Relaxed,
  type RelaxOptions,
  relaxMmff94s,
  type Unsupported,
} from './force-field.js';
export {
  checkGeometry,
  checkStereo,
  type Finding,
  type FindingKind,
  geometryChecker,
  repairMirror,
} from './geometry-checks.js';
export { enumerateIsomers, type Isomers, openCentres, randomIsomer } from './isomers.js';
export { matchAtoms } from './match-graph.js';
export type { Bonds, Molecule, StereoBond, TetrahedralCentre } from './molecule.js';
export { registerResources } from './open-chem-lib.js';
export { loadResources } from './open-chem-lib-node.js';
export { type RandomTorsionOptions, randomTorsions } from './random-torsions.js';
export { MoleculeWorkers, type ShapeOptions } from './relax-parallel.js';
export { ruleBasedConformers } from './rule-based.js';
export { parseSdf, readSdf, type SdfRecord, type SdfResult } from './sdf-read.js';
export { type SdfProperties, writeSdf } from './sdf-write.js';
export {
  type CanonicalOptions,
  canonicalSmiles,
  parseSmiles,
  readSmilesLines,
  type SmilesLine,
  type SmilesOptions,
} from './smiles.js';
export { SmilesError } from './smiles-error.js';
export { writeXyz, type XyzNotes, xyzFrame } from './xyz.js';
