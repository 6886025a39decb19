import type { Rng } from '../../random/generator.js';
import { atomName } from '../elements.js';
import type { Molecule, StereoBond, TetrahedralCentre } from '../molecule.js';
import { withStereo } from '../molecule-of-structure.js';
import { coupledCentres } from './coupled-centres.js';

type Hand = TetrahedralCentre['hand'];

/** What a molecule leaves open. */
interface Freedom {
  /** Open centres that known ones decide: their hands by atom. */
  readonly decided: ReadonlyMap<number, Hand>;
  /** Centres that are set together: hands by atom, or all of them turned round. */
  readonly groups: readonly ReadonlyMap<number, Hand>[];
  readonly bonds: readonly StereoBond[];
}

/** The centres and double bonds that a molecule leaves open, atoms counted from 1: `C4`, `C2=N3`. */
export function openCentres({ atomicNumbers, centres, stereoBonds }: Molecule): string[] {
  const label = (atom: number): string => atomName(atomicNumbers, atom);
  return [
    ...centres.filter(({ hand }) => hand === 0).map(({ atom }) => label(atom)),
    ...stereoBonds.filter(({ side }) => side === 'open').map(({ atoms }) => `${label(atoms[1])}=${label(atoms[2])}`),
  ];
}

/**
 * The molecule with everything that it leaves open set at random, both ways of each choice equally likely. Bridgeheads
 * of small rings are set together, so that no combination is drawn that cannot exist because of them.
 */
export function randomIsomer(molecule: Molecule, rng: Rng): Molecule {
  if (openCentres(molecule).length === 0) return molecule;
  return chosen(molecule, freedomOf(molecule), () => rng.uint32() >>> 31 === 1);
}

/** Isomers of a molecule, and whether these are all. */
export interface Isomers {
  readonly isomers: readonly Molecule[];
  readonly isComplete: boolean;
}

/** Settings that are tried for each isomer that is wanted; symmetric molecules have many settings for few isomers. */
const TRIES = 64;

/**
 * The isomers that a molecule leaves open, each once and with everything set; at most `limit`. Those that bridgeheads
 * of small rings make impossible are left out; what is too strained for other reasons is not known here and shows when
 * no shape is found for it.
 */
export function enumerateIsomers(molecule: Molecule, limit: number): Isomers {
  const freedom = freedomOf(molecule);
  const settings = 2 ** (freedom.groups.length + freedom.bonds.length);
  const found = new Map<string, Molecule>();
  for (let setting = 0; setting < settings; setting++) {
    if (found.size >= limit || setting >= limit * TRIES) return { isomers: [...found.values()], isComplete: false };
    const isomer = chosen(molecule, freedom, (k) => Math.floor(setting / 2 ** k) % 2 === 1);
    if (!found.has(isomer.smiles)) found.set(isomer.smiles, isomer);
  }
  return { isomers: [...found.values()], isComplete: true };
}

function freedomOf(molecule: Molecule): Freedom {
  const known = new Map(molecule.centres.map(({ atom, hand }) => [atom, hand]));
  const decided = new Map<number, Hand>();
  const groups: Map<number, Hand>[] = [];
  for (const group of coupledGroups(molecule)) {
    const [anchor] = [...group].filter(([atom]) => known.get(atom) !== 0);
    if (!anchor) {
      groups.push(group);
      continue;
    }
    const isTurned = anchor[1] !== known.get(anchor[0]);
    for (const [atom, hand] of group) decided.set(atom, isTurned ? opposite(hand) : hand);
  }
  return { decided, groups, bonds: molecule.stereoBonds.filter(({ side }) => side === 'open') };
}

const opposite = (hand: Hand): Hand => (hand === 0 ? 0 : hand === 1 ? -1 : 1);

/** All centres, in groups of those that are coupled, with hands that go together. */
function coupledGroups(molecule: Molecule): Map<number, Hand>[] {
  const couplings = coupledCentres(molecule);
  const left = new Set(molecule.centres.map(({ atom }) => atom));
  const groups: Map<number, Hand>[] = [];
  for (const start of left) {
    left.delete(start);
    const group = new Map<number, Hand>([[start, 1]]);
    for (const [atom, hand] of group) {
      for (const { first, second, product } of couplings) {
        const other = first === atom ? second : second === atom ? first : -1;
        if (left.delete(other)) group.set(other, product === 1 ? hand : opposite(hand));
      }
    }
    groups.push(group);
  }
  return groups;
}

/** @param pick whether choice k is taken the other way round: groups first, then bonds */
function chosen(molecule: Molecule, { decided, groups, bonds }: Freedom, pick: (k: number) => boolean): Molecule {
  const hands = new Map(decided);
  groups.forEach((group, k) => {
    const isTurned = pick(k);
    for (const [atom, hand] of group) hands.set(atom, isTurned ? opposite(hand) : hand);
  });
  const sides = new Map(
    bonds.map((bond, k) => [bond, pick(groups.length + k) ? ('trans' as const) : ('cis' as const)]),
  );
  return withStereo(molecule, {
    centres: molecule.centres.map((centre) =>
      centre.hand === 0 ? { ...centre, hand: hands.get(centre.atom) ?? 1 } : centre,
    ),
    stereoBonds: molecule.stereoBonds.map((bond) => ({ ...bond, side: sides.get(bond) ?? bond.side })),
  });
}
