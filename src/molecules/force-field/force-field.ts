import { requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import { Rng } from '../../random/generator.js';
import { checkStereo } from '../checks/stereo-checks.js';
import { atomCount, type Molecule } from '../molecule.js';
import { ForceFieldMMFF94, hasResources, type OclMolecule } from '../open-chem-lib.js';
import { oclFromMolecule } from '../perception/perceive.js';

/** How {@link relaxMmff94s} minimizes. */
export interface RelaxOptions {
  /** By default 4000. */
  readonly maxIterations?: number;
  /** The relaxation ends where the largest scaled gradient is below this; by default 1e-4. */
  readonly tolerance?: number;
}

/** A relaxed conformer. */
export interface Relaxed {
  /** Positions in ångström, [atoms · 3]. */
  readonly coordinates: Float32Array;
  /** In kcal/mol. */
  readonly energy: number;
  /** Whether the tolerance was reached within the iterations. */
  readonly converged: boolean;
}

/** Why a molecule was left as it was, in a few words. */
export interface Unsupported {
  readonly unsupported: string;
}

/** A molecule under MMFF94s, with positions of its own. */
export interface OpenForceField {
  /** In kcal/mol. */
  energy(): number;
  /** Moves the positions to a minimum. @returns whether the tolerance was reached */
  minimise(options?: RelaxOptions): boolean;
  /** Positions in ångström as they are now, [atoms · 3]. */
  coordinates(): Float64Array;
}

/** On exactly linear angles the force field divides by 0: moves atoms by about this many ångström to get off them. */
const JITTER = 1e-6;
const ATTEMPTS = 3;

/** One OpenChemLib molecule for each of ours, whose coordinates are overwritten. */
const opened = new WeakMap<Molecule, OclMolecule>();

/**
 * MMFF94s (Halgren 1999) by OpenChemLib, which must have its tables (`registerResources`).
 * @param coordinates in ångström, [atoms · 3]
 * @returns the force field, or why there is none for this molecule
 * @throws UserError for coordinates that are not finite or not as many as the atoms need
 */
export function openForceField(molecule: Molecule, coordinates: ArrayLike<number>): OpenForceField | Unsupported {
  checkCoordinates(molecule, coordinates);
  const rng = Rng.fromSeed(0);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const by = attempt === 0 ? 0 : JITTER * 100 ** (attempt - 1);
    const field = build(molecule, by === 0 ? coordinates : jittered(coordinates, by, rng));
    if ('unsupported' in field || Number.isFinite(field.energy())) return field;
  }
  return { unsupported: 'MMFF94s has no energy for this shape: atoms lie on each other' };
}

/** The MMFF94s energy in kcal/mol; undefined for a molecule that it has no parameters for. */
export function mmff94sEnergy(molecule: Molecule, coordinates: ArrayLike<number>): number | undefined {
  const field = openForceField(molecule, coordinates);
  return 'unsupported' in field ? undefined : field.energy();
}

/**
 * Moves a conformer to the nearest minimum of MMFF94s. The result is never NaN, and an outcome of another stereo than
 * the molecule's is refused.
 * @throws UserError for coordinates that are not finite or not as many as the atoms need
 */
export function relaxMmff94s(
  molecule: Molecule,
  coordinates: ArrayLike<number>,
  options: RelaxOptions = {},
): Relaxed | Unsupported {
  const field = openForceField(molecule, coordinates);
  if ('unsupported' in field) return field;
  const converged = minimised(field, options);
  if (converged === undefined) return { unsupported: 'MMFF94s failed on this shape' };
  const result = { coordinates: Float32Array.from(field.coordinates()), energy: field.energy(), converged };
  if (!Number.isFinite(result.energy) || !result.coordinates.every(Number.isFinite)) {
    return { unsupported: 'MMFF94s did not come to an end from this shape' };
  }
  const [changed] = checkStereo(molecule, result.coordinates);
  if (changed && checkStereo(molecule, coordinates).length === 0) {
    return { unsupported: `the minimum of MMFF94s is another isomer: ${changed.text}` };
  }
  return result;
}

/** Undefined where OpenChemLib gives up with an error of its own. */
function minimised(field: OpenForceField, options: RelaxOptions): boolean | undefined {
  try {
    return field.minimise(options);
  } catch (error) {
    if (error instanceof UserError) throw error;
    return undefined;
  }
}

function build(molecule: Molecule, coordinates: ArrayLike<number>): OpenForceField | Unsupported {
  if (!hasResources()) throw new Error('OpenChemLib has no tables yet: call registerResources or loadResources first');
  const ocl = opened.get(molecule) ?? oclFromMolecule(molecule);
  opened.set(molecule, ocl);
  place(ocl, coordinates);
  let field: ForceFieldMMFF94;
  try {
    field = new ForceFieldMMFF94(ocl, ForceFieldMMFF94.MMFF94S, {});
  } catch {
    return { unsupported: 'MMFF94s has no parameters for this molecule' };
  }
  let positions: Float64Array = Float64Array.from(coordinates);
  return {
    energy: () => field.getTotalEnergy(),
    minimise: ({ maxIterations = 4000, tolerance = 1e-4 } = {}) => {
      requirePositiveInteger(maxIterations, 'maxIterations');
      requirePositive(tolerance, 'the tolerance');
      const converged = field.minimise({ maxIts: maxIterations, gradTol: tolerance }) === 0;
      // OpenChemLib leaves the result in the molecule, which the next force field of it overwrites.
      positions = positionsOf(ocl);
      return converged;
    },
    coordinates: () => positions.slice(),
  };
}

function place(ocl: OclMolecule, coordinates: ArrayLike<number>): void {
  for (let atom = 0; atom < ocl.getAllAtoms(); atom++) {
    ocl.setAtomX(atom, coordinates[3 * atom]);
    ocl.setAtomY(atom, coordinates[3 * atom + 1]);
    ocl.setAtomZ(atom, coordinates[3 * atom + 2]);
  }
}

function positionsOf(ocl: OclMolecule): Float64Array {
  const positions = new Float64Array(3 * ocl.getAllAtoms());
  for (let atom = 0; atom < ocl.getAllAtoms(); atom++) {
    positions.set([ocl.getAtomX(atom), ocl.getAtomY(atom), ocl.getAtomZ(atom)], 3 * atom);
  }
  return positions;
}

function jittered(coordinates: ArrayLike<number>, by: number, rng: Rng): Float64Array {
  return Float64Array.from(coordinates, (value) => value + by * rng.normal());
}

function checkCoordinates(molecule: Molecule, coordinates: ArrayLike<number>): void {
  const wanted = 3 * atomCount(molecule);
  if (coordinates.length !== wanted)
    throw new UserError(`${molecule.smiles}: ${coordinates.length} coordinates for ${wanted / 3} atoms, not ${wanted}`);
  const bad = Array.from(coordinates).findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new UserError(`${molecule.smiles}: a coordinate of atom ${Math.floor(bad / 3) + 1} is not a number`);
}
