import { type Adjacency, adjacencyOf } from '../bond-graph/adjacency.js';
import type { Ring } from '../bond-graph/rings.js';
import { AROMATIC } from './kekulize.js';
import type { LewisStructure } from './lewis-structure.js';
import { allowedValences, outerElectrons, unpairedElectrons } from './valence.js';

/** The number of pi electrons an atom lends to a ring, at least and at most; undefined for an atom that cannot be in one. */
type Electrons = 0 | 1 | 2 | undefined;

/** Fused rings are tried in groups of up to this many. */
const MOST_FUSED = 6;
/** Rings above this size stand alone. */
const LARGEST_FUSED = 24;

interface Conjugation {
  readonly structure: LewisStructure;
  readonly adjacency: Adjacency;
  /** Whether each bond is in a ring. */
  readonly inRing: Uint8Array;
}

/**
 * The bond types of a structure with aromatic ones, after RDKit's model: rings and groups of fused rings whose atoms
 * lend 4n + 2 electrons, where a bond that two rings of a group share does not become aromatic with the group
 * (RDKit Book, "Aromaticity"). The electrons of a double bond out of the ring count for its more electronegative end.
 *
 * @param rings the relevant rings of the structure
 */
export function aromaticTypes(structure: LewisStructure, rings: readonly Ring[]): Uint8Array {
  const { atomicNumbers, bonds } = structure;
  const adjacency = adjacencyOf(atomicNumbers.length, bonds);
  const inRing = new Uint8Array(bonds.type.length);
  for (const ring of rings) for (const bond of ring.bonds) inRing[bond] = 1;
  const conjugation = { structure, adjacency, inRing };
  const electrons = Array.from(atomicNumbers.keys(), (atom) => lentElectrons(conjugation, atom));
  const candidates = rings.filter(({ atoms }) => atoms.every((atom) => electrons[atom] !== undefined));
  const types = bonds.type.slice();
  for (const system of fusedSystems(candidates)) markSystem(system, electrons, types);
  return types;
}

/** Groups of rings that hang together by single shared bonds. */
function fusedSystems(rings: readonly Ring[]): Ring[][] {
  const left = new Set(rings);
  const systems: Ring[][] = [];
  for (const ring of left) {
    const system = [ring];
    left.delete(ring);
    for (const member of system) {
      for (const other of left) {
        if (!areFused(member, other)) continue;
        system.push(other);
        left.delete(other);
      }
    }
    systems.push(system);
  }
  return systems;
}

function areFused(a: Ring, b: Ring): boolean {
  if (a.atoms.length > LARGEST_FUSED || b.atoms.length > LARGEST_FUSED) return false;
  return a.bonds.filter((bond) => b.bonds.includes(bond)).length === 1;
}

/** Tries single rings, then pairs of fused ones and so on, until every bond of the system is aromatic. */
function markSystem(system: readonly Ring[], electrons: readonly Electrons[], types: Uint8Array): void {
  const all = new Set(system.flatMap(({ bonds }) => bonds));
  const done = new Set<number>();
  for (let size = 1; size <= Math.min(MOST_FUSED, system.length) && done.size < all.size; size++) {
    for (const group of connectedGroups(system, size)) {
      if (!isHueckel(group, electrons)) continue;
      for (const bond of boundary(group)) {
        types[bond] = AROMATIC;
        done.add(bond);
      }
    }
  }
}

/** All groups of `size` rings that are connected by fusion. */
function connectedGroups(system: readonly Ring[], size: number): Ring[][] {
  let groups = system.map((_, k) => [k]);
  const neighbours = system.map((a) => system.flatMap((b, k) => (areFused(a, b) ? [k] : [])));
  for (let grown = 1; grown < size; grown++) {
    const next = new Map<string, number[]>();
    for (const group of groups) {
      for (const k of group.flatMap((member) => neighbours[member])) {
        if (group.includes(k)) continue;
        const larger = [...group, k].sort((a, b) => a - b);
        next.set(larger.join(), larger);
      }
    }
    groups = [...next.values()];
  }
  return groups.map((group) => group.map((k) => system[k]));
}

/** The bonds that are in exactly one ring of a group. */
function boundary(group: readonly Ring[]): number[] {
  const counts = new Map<number, number>();
  for (const { bonds } of group) for (const bond of bonds) counts.set(bond, (counts.get(bond) ?? 0) + 1);
  return [...counts].filter(([, count]) => count === 1).map(([bond]) => bond);
}

/** Whether the atoms of a group, but for those that three of its rings share, lend 4n + 2 electrons. */
function isHueckel(group: readonly Ring[], electrons: readonly Electrons[]): boolean {
  const counts = new Map<number, number>();
  for (const { atoms } of group) for (const atom of atoms) counts.set(atom, (counts.get(atom) ?? 0) + 1);
  const total = [...counts].reduce((sum, [atom, count]) => sum + (count <= 2 ? (electrons[atom] ?? 0) : 0), 0);
  return total % 4 === 2;
}

function lentElectrons(conjugation: Conjugation, atom: number): Electrons {
  const { structure, adjacency, inRing } = conjugation;
  const { atomicNumbers, charges, bonds } = structure;
  const [element, charge, links] = [atomicNumbers[atom], charges[atom], adjacency[atom]];
  const valence = allowedValences(element, 0)?.[0] ?? 0;
  if (valence <= 1 || outerElectrons(element) === 0 || links.length > 3) return undefined;
  const total = links.reduce((sum, { bond }) => sum + bonds.type[bond], 0);
  if (total > (allowedValences(element, charge)?.[0] ?? total)) return undefined;
  const multiple = links.filter(({ bond }) => bonds.type[bond] > 1);
  if (multiple.length > 1) return undefined;
  const unpaired = unpairedElectrons(element, charge, total);
  if (unpaired > 0 && (element !== 6 || charge !== 0)) return undefined;
  const pairs = Math.max(outerElectrons(element) - valence - charge, 0);
  const free = valence - links.length + pairs - unpaired;
  const electrons = free > 1 && total - links.length > 1 ? 1 : free;
  const outside = multiple.find(({ bond }) => inRing[bond] === 0);
  const isStolen = outside !== undefined && isMoreElectronegative(atomicNumbers[outside.atom], element);
  return lent(electrons, { isStolen, isOutside: outside !== undefined, isMultiple: multiple.length > 0, charge });
}

interface Surroundings {
  /** A double bond leads out of the ring, … */
  readonly isOutside: boolean;
  /** … to a more electronegative atom. */
  readonly isStolen: boolean;
  readonly isMultiple: boolean;
  readonly charge: number;
}

function lent(electrons: number, { isOutside, isStolen, isMultiple, charge }: Surroundings): Electrons {
  if (electrons < 0) return undefined;
  if (electrons === 0) return isOutside ? 0 : isMultiple ? 1 : undefined;
  if (electrons === 1) {
    if (isOutside) return isStolen ? 0 : 1;
    if (isMultiple) return 1;
    return charge === 1 ? 0 : undefined;
  }
  return (electrons - (isStolen ? 1 : 0)) % 2 === 1 ? 1 : 2;
}

/** In RDKit's sense: by electrons of the outer shell, then by the lighter atom. */
function isMoreElectronegative(a: number, b: number): boolean {
  const difference = outerElectrons(a) - outerElectrons(b);
  return difference > 0 || (difference === 0 && a < b);
}
