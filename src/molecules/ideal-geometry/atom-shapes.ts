import { bondType, ringSize, type Topology } from '../bond-graph/topology.js';
import type { Molecule } from '../molecule.js';

/**
 * How the neighbours of an atom lie about it. `planar` includes what is bent by a lone pair in a conjugated system
 * (the oxygen of an ester); `open` is anything, as in atoms of five and more neighbours.
 */
export type AtomShape = 'linear' | 'planar' | 'tetrahedral' | 'open';

const DOUBLE = 2;
const TRIPLE = 3;
const AROMATIC = 12;
const [BORON, CARBON, NITROGEN, OXYGEN, SULFUR, SELENIUM] = [5, 6, 7, 8, 16, 34];

/** The shape of every atom, from bonds and charges alone. */
export function atomShapes(molecule: Molecule, topology: Topology): AtomShape[] {
  return Array.from(molecule.atomicNumbers, (_, atom) => shapeOf(molecule, topology, atom));
}

function shapeOf(molecule: Molecule, topology: Topology, atom: number): AtomShape {
  const around = topology.neighbours[atom];
  if (around.length > 4) return 'open';
  if (hasPi(molecule, topology, atom)) return isLinear(molecule, topology, atom) ? 'linear' : 'planar';
  return around.length < 4 && isFlattened(molecule, topology, atom) ? 'planar' : 'tetrahedral';
}

/** Whether an atom takes part in a double, triple or aromatic bond with p orbitals: not the S of a sulfoxide. */
function hasPi({ atomicNumbers }: Molecule, topology: Topology, atom: number): boolean {
  const around = topology.neighbours[atom];
  const types = around.map((other) => bondType(topology, atom, other));
  if (types.includes(AROMATIC)) return true;
  const isLight = atomicNumbers[atom] <= OXYGEN;
  return types.some((type) => type === DOUBLE || type === TRIPLE) && around.length <= (isLight ? 3 : 2);
}

function isLinear({ atomicNumbers }: Molecule, topology: Topology, atom: number): boolean {
  const types = topology.neighbours[atom].map((other) => bondType(topology, atom, other));
  const isCumulated = types.length === 2 && types.every((type) => type === DOUBLE) && atomicNumbers[atom] <= NITROGEN;
  return (types.includes(TRIPLE) && types.length <= 2) || isCumulated;
}

/** Atoms without a multiple bond that lie in one plane with their neighbours all the same. */
function isFlattened(molecule: Molecule, topology: Topology, atom: number): boolean {
  const around = topology.neighbours[atom];
  const element = molecule.atomicNumbers[atom];
  const charge = molecule.charges[atom];
  if (element === BORON) return around.length === 3;
  if (element === CARBON) return around.length === 3 && charge >= 0;
  const hasLonePair = element === NITROGEN ? charge <= 0 : [OXYGEN, SULFUR, SELENIUM].includes(element) && charge <= 0;
  if (!hasLonePair || around.length > 3 || (element !== NITROGEN && around.length > 2)) return false;
  if (isInRingOfThree(topology, atom)) return false;
  return around.some((other) => molecule.atomicNumbers[other] !== 1 && hasPi(molecule, topology, other));
}

function isInRingOfThree(topology: Topology, atom: number): boolean {
  return topology.neighbours[atom].some((other) => ringSize(topology, [atom, other]) === 3);
}
