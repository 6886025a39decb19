import { bondType, ringSize } from '../bond-graph/topology.js';
import { requireCoordinateCount } from '../coordinates.js';
import { atomName } from '../elements.js';
import { type IdealGeometry, idealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { vanDerWaalsRadius } from '../ideal-geometry/van-der-waals.js';
import type { Molecule } from '../molecule.js';
import type { Finding } from './finding.js';

export type { Finding, FindingKind } from './finding.js';
export { checkStereo, repairMirror } from './stereo-checks.js';

/**
 * Lengths of bonds as shares of the usual ones. Of 26,000 conformers of our training ensembles (MMFF94s and GFN2-xTB
 * minima) none has a bond outside of .86 to 1.17.
 */
const [SHORTEST, LONGEST] = [0.83, 1.2];

/**
 * The least distances of atoms that are not bonded, as shares of the sums of their van der Waals radii, for two
 * hydrogens, a hydrogen and another atom, two other atoms, and a hydrogen on N, O or S with what it may be bridged to.
 * In the same conformers one in 10,000 falls below them; B3LYP geometries have hydrogens as near as .77.
 */
const LEAST = {
  angle: { hydrogens: 0.66, hydrogen: 0.6, heavy: 0.5, bridge: 0.6 },
  apart: { hydrogens: 0.75, hydrogen: 0.73, heavy: 0.66, bridge: 0.5 },
} as const;

/** The height of a trigonal carbon over the plane of its neighbours, in ångström; a tetrahedral one has .5. */
const HIGHEST = 0.4;

/** Two atoms and how near they may come. */
interface Contact {
  readonly i: number;
  readonly j: number;
  readonly isAngle: boolean;
  readonly least: number;
}

/** An atom and three around it with which it lies in a plane. */
type Plane = readonly [centre: number, a: number, b: number, c: number];

/**
 * Prepares the checks of {@link checkGeometry} for a molecule.
 * @returns a function of coordinates; for what is not finite it finds that alone
 */
export function geometryChecker(molecule: Molecule): (coordinates: ArrayLike<number>) => Finding[] {
  const geometry = idealGeometry(molecule);
  const { begin, end } = molecule.bonds;
  const lengths = Array.from(begin, (i, bond) => geometry.length(i, end[bond]));
  const contacts = contactsOf(geometry);
  const planes = planesOf(geometry);
  const name = (atom: number): string => atomName(molecule.atomicNumbers, atom);
  return (coordinates) => {
    const broken = notFinite(molecule, coordinates, name);
    if (broken.length > 0) return broken;
    return [
      ...lengths.flatMap((usual, bond) => checkLength(coordinates, [begin[bond], end[bond]], usual, name)),
      ...contacts.flatMap((contact) => checkContact(coordinates, contact, name)),
      ...planes.flatMap((plane) => checkPlane(coordinates, plane, name)),
    ];
  };
}

/**
 * What is unusual about a conformer: lengths of bonds, angles that are too narrow, other atoms that are too near to
 * each other, trigonal carbons that are not planar, numbers that are not finite. An empty list is a sound geometry.
 *
 * @param coordinates Å, [atoms · 3]
 * @throws RangeError for another number of coordinates
 */
export const checkGeometry = (molecule: Molecule, coordinates: ArrayLike<number>): Finding[] =>
  geometryChecker(molecule)(coordinates);

type Name = (atom: number) => string;

function notFinite({ atomicNumbers }: Molecule, coordinates: ArrayLike<number>, name: Name): Finding[] {
  const atoms = atomicNumbers.length;
  requireCoordinateCount(atoms, coordinates);
  return Array.from(atomicNumbers.keys()).flatMap((atom) => {
    const value = [0, 1, 2].map((axis) => coordinates[3 * atom + axis]).find((x) => !Number.isFinite(x));
    if (value === undefined) return [];
    const text = `not finite: a coordinate of ${name(atom)} is ${value}`;
    return [{ kind: 'not finite', atoms: [atom], value, limit: Number.POSITIVE_INFINITY, text }];
  });
}

function checkLength(
  coordinates: ArrayLike<number>,
  [i, j]: readonly [number, number],
  usual: number,
  name: Name,
): Finding[] {
  const value = distance(coordinates, i, j);
  const limit = value < usual ? SHORTEST * usual : LONGEST * usual;
  if (value < usual ? value >= limit : value <= limit) return [];
  const text = `bond length: ${name(i)}–${name(j)} is ${value.toFixed(3)} Å long, expected ${usual.toFixed(3)} Å`;
  return [{ kind: 'bond length', atoms: [i, j], value, limit, text }];
}

function checkContact(coordinates: ArrayLike<number>, { i, j, isAngle, least }: Contact, name: Name): Finding[] {
  const value = distance(coordinates, i, j);
  if (value >= least) return [];
  const kind = isAngle ? 'narrow angle' : 'clash';
  // Rounded away from each other, so that a value just below the limit does not read as the limit.
  const [short, usual] = [Math.floor(100 * value) / 100, Math.ceil(100 * least) / 100];
  const text = `${kind}: ${name(i)} and ${name(j)} are ${short.toFixed(2)} Å apart, expected at least ${usual.toFixed(2)} Å`;
  return [{ kind, atoms: [i, j], value, limit: least, text }];
}

function checkPlane(coordinates: ArrayLike<number>, plane: Plane, name: Name): Finding[] {
  const value = heightOver(coordinates, plane);
  if (value <= HIGHEST) return [];
  const text = `not planar: ${name(plane[0])} is ${value.toFixed(2)} Å over the plane of its neighbours`;
  return [{ kind: 'not planar', atoms: plane, value, limit: HIGHEST, text }];
}

function contactsOf({ molecule, topology }: IdealGeometry): Contact[] {
  const { atomicNumbers } = molecule;
  const { atoms, neighbours, separations } = topology;
  const binds = (atom: number): boolean => [7, 8, 9, 16, 17, 35].includes(atomicNumbers[atom]);
  const donates = (atom: number): boolean =>
    atomicNumbers[atom] === 1 && neighbours[atom].some((other) => [7, 8, 16].includes(atomicNumbers[other]));
  const found: Contact[] = [];
  for (let i = 0; i < atoms; i++) {
    for (let j = i + 1; j < atoms; j++) {
      const bonds = separations[i * atoms + j];
      if (bonds < 2) continue;
      const shares = bonds === 2 ? LEAST.angle : LEAST.apart;
      const hydrogens = [i, j].filter((atom) => atomicNumbers[atom] === 1).length;
      const isBridge = (donates(i) && binds(j)) || (donates(j) && binds(i));
      const share = isBridge ? shares.bridge : [shares.heavy, shares.hydrogen, shares.hydrogens][hydrogens];
      const sum = vanDerWaalsRadius(atomicNumbers[i]) + vanDerWaalsRadius(atomicNumbers[j]);
      found.push({ i, j, isAngle: bonds === 2, least: share * sum });
    }
  }
  return found;
}

/** Carbons with three neighbours and a double or aromatic bond, but for those of cyclopropenes, which give way. */
function planesOf({ molecule, topology }: IdealGeometry): Plane[] {
  return topology.neighbours.flatMap((around, atom): Plane[] => {
    const isDouble = (other: number): boolean => [2, 12].includes(bondType(topology, atom, other));
    if (molecule.atomicNumbers[atom] !== 6 || around.length !== 3 || !around.some(isDouble)) return [];
    if (around.some((other) => ringSize(topology, [atom, other]) === 3)) return [];
    return [[atom, around[0], around[1], around[2]]];
  });
}

function distance(coordinates: ArrayLike<number>, i: number, j: number): number {
  const x = coordinates[3 * i] - coordinates[3 * j];
  const y = coordinates[3 * i + 1] - coordinates[3 * j + 1];
  const z = coordinates[3 * i + 2] - coordinates[3 * j + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

/** The distance of the first atom from the plane through the other three; 0 where these lie in line. */
function heightOver(coordinates: ArrayLike<number>, [centre, a, b, c]: Plane): number {
  const from = (origin: number, atom: number): number[] =>
    [0, 1, 2].map((axis) => coordinates[3 * atom + axis] - coordinates[3 * origin + axis]);
  const [ux, uy, uz] = from(a, b);
  const [vx, vy, vz] = from(a, c);
  const [wx, wy, wz] = from(a, centre);
  const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(...normal);
  return length === 0 ? 0 : Math.abs(normal[0] * wx + normal[1] * wy + normal[2] * wz) / length;
}
