import type { XyzStructure } from '../../files/extended-xyz.js';
import { formatExtendedXyz } from '../../files/extended-xyz-write.js';
import { requireCoordinates } from '../coordinates.js';
import { elementSymbol } from '../elements.js';
import { atomCount, type Molecule } from '../molecule.js';

/** What the comment line of a structure says in addition to name and SMILES: an energy, a step, a noise level. */
export type XyzNotes = Readonly<Record<string, string | number>>;

/** Digits after the point: a tenth of a milliångström, as in an SDF, and one more. */
const DIGITS = 5;

/**
 * A conformer as a structure of extended XYZ: symbols, positions, and `name`, `smiles` and the notes in the comment.
 *
 * @param coordinates Å, [atoms · 3]
 * @throws RangeError for another number of coordinates, and for what is not finite
 */
export function xyzStructure(molecule: Molecule, coordinates: ArrayLike<number>, notes: XyzNotes = {}): XyzStructure {
  requireCoordinates(atomCount(molecule), coordinates);
  const { name, smiles } = molecule;
  const told = { ...(name !== '' && { name }), smiles, ...notes };
  return {
    species: Array.from(molecule.atomicNumbers, elementSymbol),
    positions: Float64Array.from(coordinates, (value) => Number(value.toFixed(DIGITS)) + 0),
    arrays: new Map(),
    info: Object.fromEntries(Object.entries(told).map(([key, value]) => [key, String(value)])),
  };
}

/** Conformers of one molecule, or the way from noise to one, as extended XYZ, a structure after the other. */
export function writeXyz(
  molecule: Molecule,
  structures: Iterable<{ readonly coordinates: ArrayLike<number>; readonly notes?: XyzNotes }>,
): string {
  return formatExtendedXyz(
    Array.from(structures, ({ coordinates, notes }) => xyzStructure(molecule, coordinates, notes)),
  );
}
