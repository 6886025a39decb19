import { adjacencyOf } from './bond-graph/adjacency.js';
import { relevantRings } from './bond-graph/rings.js';
import type { Configuration, Constitution } from './bond-graph/skeleton.js';
import type { Molecule, StereoBond, TetrahedralCentre } from './molecule.js';
import { aromaticTypes } from './perception/aromaticity.js';
import type { LewisStructure } from './perception/lewis-structure.js';
import { writeSmiles } from './smiles/writer.js';
import { handFor, sideFor } from './stereo/stereo-signs.js';
import { type BondUnit, type CentreUnit, candidateUnits, type StereoUnit } from './stereo/stereo-units.js';
import { type Stereogenic, stereogenicUnits } from './stereo/stereogenic.js';
import { canonicalOrder } from './symmetry/canonical-order.js';
import { compareNumbers } from './symmetry/colours.js';

/** Stereo that is known of a molecule, with neighbours in any order; what means nothing there does no harm. */
export type KnownStereo = Pick<Molecule, 'centres' | 'stereoBonds'>;

/** The molecule of a structure: aromatic bonds and the places of stereo are found, known stereo is put there. */
export function moleculeOf(structure: LewisStructure, known: KnownStereo, name: string): Molecule {
  const { atomicNumbers, charges, bonds } = structure;
  const rings = relevantRings(adjacencyOf(atomicNumbers.length, bonds), bonds.type.length);
  const constitution = { atomicNumbers, charges, bonds: { ...bonds, type: aromaticTypes(structure, rings) } };
  return configure(constitution, stereogenicUnits(constitution, candidateUnits(constitution, rings)), known, name);
}

/** The same molecule with other stereo; what `stereo` does not say is open. */
export function withStereo(molecule: Molecule, stereo: KnownStereo): Molecule {
  const { atomicNumbers, charges, bonds, name } = molecule;
  const constitution = { atomicNumbers, charges, bonds };
  const rings = relevantRings(adjacencyOf(atomicNumbers.length, bonds), bonds.type.length);
  return configure(constitution, stereogenicUnits(constitution, candidateUnits(constitution, rings)), stereo, name);
}

function configure(
  constitution: Constitution,
  units: readonly Stereogenic[],
  { centres, stereoBonds }: KnownStereo,
  name: string,
): Molecule {
  const all: Configuration = {
    ...constitution,
    centres: units.flatMap(({ unit }) => (unit.kind === 'centre' ? [centreOf(unit, centres)] : [])),
    stereoBonds: units.flatMap(({ unit }) => (unit.kind === 'bond' ? [bondOf(unit, stereoBonds)] : [])),
  };
  const dependent = units.filter(({ isDependent }) => isDependent).map(({ unit }) => unit);
  const smiles = writeSmiles(dependent.length === 0 ? all : withoutRedundantByCode(all, dependent));
  return { name, smiles, ...withoutRedundant(all, dependent) };
}

function centreOf({ atom, around }: CentreUnit, known: readonly TetrahedralCentre[]): TetrahedralCentre {
  const found = known.find((centre) => centre.atom === atom);
  return { atom, around, hand: found ? handFor(found, around) : 0 };
}

function bondOf({ atoms }: BondUnit, known: readonly StereoBond[]): StereoBond {
  const found = known.find((bond) => bond.atoms[1] === atoms[1] && bond.atoms[2] === atoms[2]);
  return { atoms, side: found ? sideFor(found, atoms[0], atoms[3]) : 'open' };
}

const isOpen = ({ centres, stereoBonds }: Configuration): boolean =>
  centres.some(({ hand }) => hand === 0) || stereoBonds.some(({ side }) => side === 'open');

const codeOf = (configuration: Configuration): readonly number[] => canonicalOrder(configuration).code;

/**
 * The units that turn out to be no stereo with the others as they are, such as the middle one of three centres in a
 * row, if the outer two have the same hand. As long as another one is open, none is.
 */
function redundantUnits(configuration: Configuration, dependent: readonly StereoUnit[]): StereoUnit[] {
  return dependent.filter((unit) => {
    const others = omit(configuration, unit);
    if (isOpen(others) || others === configuration) return false;
    const [one, other] = bothWays(others, unit).map(codeOf);
    return compareNumbers(one, other) === 0;
  });
}

/** Drops redundant units one after the other: of two that make each other redundant one stays. */
function withoutRedundant(configuration: Configuration, dependent: readonly StereoUnit[]): Configuration {
  const [first] = redundantUnits(configuration, dependent);
  return first ? withoutRedundant(omit(configuration, first), dependent) : configuration;
}

/** The same, but which ones go does not depend on how the molecule is numbered. */
function withoutRedundantByCode(configuration: Configuration, dependent: readonly StereoUnit[]): Configuration {
  const [open] = isOpen(configuration) ? redundantUnits(configuration, dependent) : [];
  // Either way is the same molecule.
  const full = open ? bothWays(omit(configuration, open), open)[0] : configuration;
  const fewer = redundantUnits(full, dependent).map((unit) => omit(full, unit));
  const [best] = fewer.sort((a, b) => compareNumbers(codeOf(a), codeOf(b)));
  return best ? withoutRedundantByCode(best, dependent) : full;
}

function omit(configuration: Configuration, unit: StereoUnit): Configuration {
  const { centres, stereoBonds } = configuration;
  if (unit.kind === 'centre') {
    const others = centres.filter(({ atom }) => atom !== unit.atom);
    return others.length === centres.length ? configuration : { ...configuration, centres: others };
  }
  const others = stereoBonds.filter(({ atoms }) => atoms[1] !== unit.atoms[1] || atoms[2] !== unit.atoms[2]);
  return others.length === stereoBonds.length ? configuration : { ...configuration, stereoBonds: others };
}

function bothWays(without: Configuration, unit: StereoUnit): Configuration[] {
  const { centres, stereoBonds } = without;
  if (unit.kind === 'centre') {
    return ([1, -1] as const).map((hand) => ({ ...without, centres: [...centres, { ...unit, hand }] }));
  }
  return (['cis', 'trans'] as const).map((side) => ({ ...without, stereoBonds: [...stereoBonds, { ...unit, side }] }));
}
