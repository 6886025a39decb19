import type { Molecule } from '../../molecules/molecule.js';
import { enumerateIsomers, openCentres, randomIsomer } from '../../molecules/stereo/isomers.js';
import { Rng } from '../../random/generator.js';
import { startShape } from '../starts/start-shape.js';
import { conformerFindings } from './conformer-findings.js';
import type { IsomerChoice } from './isomer-choice.js';

/** Isomers that are tried for the first one that exists. */
const MOST_TRIED = 32;

/** Isomers that were met, by molecule and by stereo: what is computed once a molecule hangs on them. */
const met = new WeakMap<Molecule, Map<string, Molecule>>();

const firstIsomers = new WeakMap<Molecule, Molecule>();

/** The isomer that a conformer is to be: the molecule itself where it leaves nothing open. */
export function isomerFor(molecule: Molecule, choice: IsomerChoice, rng: Rng): Molecule {
  if (openCentres(molecule).length === 0) return molecule;
  return choice === 'sample' ? remembered(molecule, randomIsomer(molecule, rng)) : firstIsomer(molecule);
}

function remembered(molecule: Molecule, isomer: Molecule): Molecule {
  const others = met.get(molecule) ?? new Map<string, Molecule>();
  met.set(molecule, others);
  const hands = isomer.centres.map(({ atom, hand }) => `${atom} ${hand}`);
  const sides = isomer.stereoBonds.map(({ atoms, side }) => `${atoms[1]} ${side}`);
  const key = [...hands, ...sides].join();
  const known = others.get(key) ?? isomer;
  others.set(key, known);
  return known;
}

/** Depends on the molecule alone. */
function firstIsomer(molecule: Molecule): Molecule {
  const known = firstIsomers.get(molecule);
  if (known) return known;
  const { isomers } = enumerateIsomers(molecule, MOST_TRIED);
  const first = isomers.find((isomer, k) => hasSoundShape(isomer, Rng.fromSeed(0).fork(k))) ?? isomers[0];
  firstIsomers.set(molecule, first);
  return first;
}

/** A shape without clashes; of isomers that are too strained to exist, only crushed ones are found. */
function hasSoundShape(isomer: Molecule, rng: Rng): boolean {
  const shape = startShape(isomer, rng);
  return shape !== undefined && conformerFindings(isomer, shape).geometry.length === 0;
}
