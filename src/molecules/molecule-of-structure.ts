import { adjacencyOf } from './adjacency.js';
import { aromaticTypes } from './aromaticity.js';
import { canonicalOrder } from './canonical-order.js';
import { compareNumbers } from './colours.js';
import type { LewisStructure } from './lewis-structure.js';
import type { Molecule, StereoBond, TetrahedralCentre } from './molecule.js';
import { relevantRings } from './rings.js';
import type { Configuration, Constitution } from './skeleton.js';
import { writeSmiles } from './smiles-writer.js';
import { handFor, sideFor } from './stereo-signs.js';
import { type BondUnit, type CentreUnit, candidateUnits, type StereoUnit } from './stereo-units.js';
import { type Stereogenic, stereogenicUnits } from './stereogenic.js';

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
  const configuration = withoutRedundant(all, units);
  return { name, smiles: writeSmiles(configuration), ...configuration };
}

function centreOf({ atom, around }: CentreUnit, known: readonly TetrahedralCentre[]): TetrahedralCentre {
  const found = known.find((centre) => centre.atom === atom);
  return { atom, around, hand: found ? handFor(found, around) : 0 };
}

function bondOf({ atoms }: BondUnit, known: readonly StereoBond[]): StereoBond {
  const found = known.find((bond) => bond.atoms[1] === atoms[1] && bond.atoms[2] === atoms[2]);
  return { atoms, side: found ? sideFor(found, atoms[0], atoms[3]) : 'open' };
}

/**
 * Drops what turns out to be no stereo with the others as they are: the middle one of three centres in a row, if the
 * outer two have the same hand. As long as another one is open, it is kept.
 */
function withoutRedundant(configuration: Configuration, units: readonly Stereogenic[]): Configuration {
  const dependent = units.filter(({ isDependent }) => isDependent);
  return dependent.reduce((current, { unit }) => {
    const without = omit(current, unit);
    const isOpen =
      without.centres.some(({ hand }) => hand === 0) || without.stereoBonds.some(({ side }) => side === 'open');
    if (isOpen) return current;
    const [one, other] = bothWays(without, unit).map((variant) => canonicalOrder(variant).code);
    return compareNumbers(one, other) === 0 ? without : current;
  }, configuration);
}

function omit(configuration: Configuration, unit: StereoUnit): Configuration {
  const { centres, stereoBonds } = configuration;
  if (unit.kind === 'centre') return { ...configuration, centres: centres.filter(({ atom }) => atom !== unit.atom) };
  const isOther = ({ atoms }: StereoBond): boolean => atoms[1] !== unit.atoms[1] || atoms[2] !== unit.atoms[2];
  return { ...configuration, stereoBonds: stereoBonds.filter(isOther) };
}

function bothWays(without: Configuration, unit: StereoUnit): Configuration[] {
  const { centres, stereoBonds } = without;
  if (unit.kind === 'centre') {
    return ([1, -1] as const).map((hand) => ({ ...without, centres: [...centres, { ...unit, hand }] }));
  }
  return (['cis', 'trans'] as const).map((side) => ({ ...without, stereoBonds: [...stereoBonds, { ...unit, side }] }));
}
