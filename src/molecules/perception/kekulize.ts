import { type Adjacency, adjacencyOf } from '../bond-graph/adjacency.js';
import { maximumMatching } from '../bond-graph/matching.js';
import { atomName } from '../elements.js';
import type { Molecule } from '../molecule.js';
import { fittingValence } from './valence.js';

/** RDKit's code for an aromatic bond. */
export const AROMATIC = 12;

export interface AromaticAtoms {
  readonly atomicNumbers: ArrayLike<number>;
  readonly charges: ArrayLike<number>;
  /** Bond types, RDKit's codes. */
  readonly types: Uint8Array;
  /** Hydrogens that are no atoms of their own. */
  readonly hydrogens?: ArrayLike<number>;
}

/**
 * Makes every other aromatic bond a double one: each aromatic atom that its single bonds leave a valence free gets
 * exactly one.
 *
 * @returns the bond types without aromatic ones; where that is impossible, the atoms that stay without a double bond
 */
export function kekulize(atoms: AromaticAtoms, adjacency: Adjacency): { types: Uint8Array; single: number[] } {
  const { types } = atoms;
  const wants = adjacency.map((links, atom) => wantsDoubleBond(atoms, links, atom));
  const partners = (isAllowed: (atom: number, other: number) => boolean): number[][] =>
    adjacency.map((links, atom) =>
      links.flatMap(({ atom: other, bond }) =>
        types[bond] === AROMATIC && wants[atom] && wants[other] && isAllowed(atom, other) ? [other] : [],
      ),
    );
  const aromatic = adjacency.map((links) => links.filter(({ bond }) => types[bond] === AROMATIC));
  // Rings of five to seven atoms get their double bonds first: those between the rings of biphenylene are single.
  const inner = maximumMatching(partners((atom, other) => isInUsualRing(aromatic, atom, other)));
  const mate = maximumMatching(
    partners(() => true),
    inner,
  );
  const localized = types.map((type) => (type === AROMATIC ? 1 : type));
  adjacency.forEach((links, atom) => {
    for (const { atom: other, bond } of links) if (mate[atom] === other) localized[bond] = 2;
  });
  return { types: localized, single: [...mate.keys()].filter((atom) => wants[atom] && mate[atom] < 0) };
}

/** Whether the smallest ring of aromatic bonds through two neighbours has five to seven atoms. */
function isInUsualRing(aromatic: Adjacency, atom: number, other: number): boolean {
  const seen = new Set([atom]);
  let front = aromatic[atom].map((link) => link.atom).filter((next) => next !== other);
  for (let size = 3; size <= 7; size++) {
    const next: number[] = [];
    for (const at of front) {
      seen.add(at);
      for (const link of aromatic[at]) {
        if (link.atom === other) return size >= 5;
        if (!seen.has(link.atom)) next.push(link.atom);
      }
    }
    front = next;
  }
  return false;
}

function wantsDoubleBond(atoms: AromaticAtoms, links: Adjacency[number], atom: number): boolean {
  const { atomicNumbers, charges, types, hydrogens } = atoms;
  if (!links.some(({ bond }) => types[bond] === AROMATIC)) return false;
  const taken = links.reduce(
    (sum, { bond }) => sum + (types[bond] === AROMATIC ? 1 : types[bond]),
    hydrogens?.[atom] ?? 0,
  );
  return (fittingValence(atomicNumbers[atom], charges[atom], taken) ?? taken) > taken;
}

/** The bond types of a molecule with single and double bonds in place of aromatic ones: one of its Lewis structures. */
export function kekuleTypes({ atomicNumbers, charges, bonds }: Molecule): Uint8Array {
  if (!bonds.type.includes(AROMATIC)) return bonds.type;
  const adjacency = adjacencyOf(atomicNumbers.length, bonds);
  const { types, single } = kekulize({ atomicNumbers, charges, types: bonds.type }, adjacency);
  if (single.length > 0)
    throw new RangeError(`no Lewis structure: ${atomName(atomicNumbers, single[0])} finds no double bond`);
  return types;
}
