import { type Adjacency, adjacencyOf, connectedParts } from '../bond-graph/adjacency.js';
import type { Bonds } from '../molecule.js';
import { separateCharges } from './charge-separation.js';
import { AROMATIC, kekulize } from './kekulize.js';
import { allowedValences, chargedSymbol, hydrogensToFill } from './valence.js';
import { StructureError, type WrittenMolecule } from './written-molecule.js';

/** A molecule with all of its hydrogens, in the order of a `Molecule`, and whole bond orders. */
export interface LewisStructure {
  readonly atomicNumbers: Uint8Array;
  readonly charges: Int8Array;
  /** As in a `Molecule`, with types 1 to 3 only. */
  readonly bonds: Bonds;
}

/** A molecule while it is completed: its atoms as written, bond types in RDKit's codes. */
interface Draft {
  readonly atomicNumbers: Uint8Array;
  readonly charges: Int8Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
  readonly types: Uint8Array;
  readonly adjacency: Adjacency;
}

/**
 * Adds the hydrogens that are left out, decides the bonds of aromatic rings, and puts the atoms in order.
 *
 * @returns the structure, and the number in it of each written atom
 * @throws StructureError for an impossible valence, an aromatic ring without a Lewis structure, several molecules
 */
export function completeStructure(written: WrittenMolecule): { structure: LewisStructure; places: Int32Array } {
  const { atoms, bonds } = separateCharges(written);
  const begin = Int32Array.from(bonds, (bond) => bond.begin);
  const end = Int32Array.from(bonds, (bond) => bond.end);
  const draft = {
    atomicNumbers: Uint8Array.from(atoms, ({ atomicNumber }) => atomicNumber),
    charges: Int8Array.from(atoms, ({ charge }) => charge),
    begin,
    end,
    types: Uint8Array.from(bonds, ({ order }) => (order === 'aromatic' ? AROMATIC : order)),
    adjacency: adjacencyOf(atoms.length, { begin, end }),
  };
  requireOneMolecule(draft.adjacency);
  const hydrogens = atoms.map((atom, k) => countHydrogens(draft, k, atom.hydrogens));
  const { types, single } = kekulize({ ...draft, hydrogens }, draft.adjacency);
  if (single.length > 0) throw noLewisStructure(draft, single, hydrogens);
  return assemble({ ...draft, types }, hydrogens);
}

/** @throws StructureError, at the second one, where a graph is of several molecules, such as the ions of a salt */
export function requireOneMolecule(adjacency: Adjacency): void {
  const parts = connectedParts(adjacency);
  const second = parts.indexOf(1);
  if (second < 0) return;
  const count = Math.max(...parts) + 1;
  const advice = 'give one molecule at a time, without its salts and solvents';
  throw new StructureError(second, `these are ${count} molecules side by side; ${advice}`);
}

/** The hydrogens of an atom beside those that are written as atoms. */
function countHydrogens({ atomicNumbers, charges, types, adjacency }: Draft, atom: number, given?: number): number {
  const [element, charge] = [atomicNumbers[atom], charges[atom]];
  const orders = adjacency[atom].map(({ bond }) => types[bond]);
  const taken = orders.reduce((sum, type) => sum + (type === AROMATIC ? 1 : type), given ?? 0);
  const missing = hydrogensToFill(element, charge, taken, orders.includes(AROMATIC));
  if (missing !== undefined) return given ?? missing;
  const most = allowedValences(element, charge)?.at(-1) ?? 0;
  const note = orders.some((type) => type === 2 || type === 3) ? ' (a double bond counts twice)' : '';
  const bonds = `${taken} bond${taken === 1 ? '' : 's'}`;
  const symbol = chargedSymbol(element, charge);
  throw new StructureError(atom, `${symbol} has ${bonds} here, it can have ${most}${note}; ${cure(most)}`);
}

const cure = (most: number): string =>
  most === 0 ? 'take them away' : 'remove the excess, or give the atom the charge that allows it';

function noLewisStructure({ atomicNumbers, adjacency, types }: Draft, single: readonly number[], hydrogens: number[]) {
  const isPyridine = (atom: number): boolean =>
    (atomicNumbers[atom] === 7 || atomicNumbers[atom] === 15) && adjacency[atom].length === 2 && hydrogens[atom] === 0;
  const ring = aromaticPart(adjacency, types, single[0]);
  const suspect = ring.find(isPyridine);
  const reason = 'no alternating double bonds fit this aromatic ring';
  if (suspect === undefined) return new StructureError(single[0], `${reason}; write the double bonds out`);
  const symbol = chargedSymbol(atomicNumbers[suspect], 0).toLowerCase();
  return new StructureError(suspect, `${reason}; a hydrogen may be missing here: [${symbol}H]`);
}

function aromaticPart(adjacency: Adjacency, types: Uint8Array, start: number): number[] {
  const found = new Set([start]);
  for (const atom of found) {
    for (const { atom: other, bond } of adjacency[atom]) if (types[bond] === AROMATIC) found.add(other);
  }
  return [...found].sort((a, b) => a - b);
}

function assemble(draft: Draft, hydrogens: readonly number[]): { structure: LewisStructure; places: Int32Array } {
  const { atomicNumbers, charges, adjacency, begin, end, types } = draft;
  const { order, owners } = inOrder(draft, hydrogens);
  const places = new Int32Array(adjacency.length);
  order.forEach((atom, place) => {
    if (atom >= 0) places[atom] = place;
  });
  const written = Array.from(types, (type, k) => [places[begin[k]], places[end[k]], type]);
  const added = owners.flatMap((owner, place) => (order[place] < 0 ? [[places[owner], place, 1]] : []));
  const bonds = [...written, ...added]
    .map(([i, j, type]) => [Math.min(i, j), Math.max(i, j), type])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const structure = {
    atomicNumbers: Uint8Array.from(order, (atom) => (atom < 0 ? 1 : atomicNumbers[atom])),
    charges: Int8Array.from(order, (atom) => (atom < 0 ? 0 : charges[atom])),
    bonds: {
      begin: Int32Array.from(bonds, ([i]) => i),
      end: Int32Array.from(bonds, ([, j]) => j),
      type: Uint8Array.from(bonds, ([, , type]) => type),
    },
  };
  return { structure, places };
}

/** Heavy atoms, then their hydrogens, written before left-out ones (−1); and the heavy atom of each hydrogen. */
function inOrder({ atomicNumbers, adjacency }: Draft, hydrogens: readonly number[]) {
  const all = [...adjacency.keys()];
  const heavy = all.filter((atom) => atomicNumbers[atom] !== 1);
  // Of molecular hydrogen the first atom stands for the heavy one.
  const roots = heavy.length > 0 ? heavy : all.slice(0, 1);
  const order = [...roots];
  const owners = roots.map(() => -1);
  for (const root of roots) {
    const light = adjacency[root].filter(({ atom }) => atomicNumbers[atom] === 1).map(({ atom }) => atom);
    const list = [...light, ...Array.from({ length: hydrogens[root] }, () => -1)];
    order.push(...list);
    owners.push(...list.map(() => root));
  }
  return { order, owners };
}
