import { UserError } from '../../common/errors.js';
import type { Molecule } from '../../molecules/molecule.js';
import { bondChange } from '../../molecules/perception/bonds-in-space.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import { settleStereo } from '../../molecules/stereo/settle-stereo.js';
import { stereoChanges } from '../../molecules/stereo/stereo-in-space.js';
import { inOrder, matchAtoms } from '../../molecules/symmetry/match-graph.js';
import { boltzmannWeights, normalizedWeights, relativeEnergies } from '../dataset/boltzmann.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { openStereo } from '../making/open-stereo.js';
import type { EnsembleRecord } from './ensemble-record.js';

/** Why a conformer is left out. */
export const conformerFaults = [
  'bonds differ',
  'bond broken',
  'atoms too close',
  'wrong stereo',
  'ambiguous stereo',
] as const;
/** Why a conformer of a record was left out. */
export type ConformerFault = (typeof conformerFaults)[number];

/** What becomes of a record. */
export interface FittedRecord {
  /** One for each isomer among the conformers: more than one only where the SMILES leaves stereo open. */
  readonly ensembles: readonly Ensemble[];
  /** The conformers that were left out, by reason. */
  readonly faults: Readonly<Partial<Record<ConformerFault, number>>>;
}

/**
 * Makes ensembles of a record: the molecule of its SMILES, the atoms in that order, and every conformer that has the
 * molecule's bonds and stereo. Stereo that the SMILES leaves open is taken from the conformers, which fall into one
 * ensemble for each isomer.
 *
 * @param molecule that of the record's SMILES, where it has been read already
 * @throws UserError where the SMILES cannot be read, or has other atoms than the conformers
 */
export function fitRecord(
  record: EnsembleRecord,
  molecule: Molecule = parseSmiles(record.smiles, { name: record.name }),
): FittedRecord {
  checkFormula(molecule, record.atomicNumbers);
  const faults: Partial<Record<ConformerFault, number>> = {};
  const kept: Conformer[] = [];
  const matcher = new Matcher(molecule, record);
  record.conformers.forEach((given, index) => {
    const positions = matcher.order(given);
    const fault = positions ? faultOf(molecule, positions) : 'bonds differ';
    if (fault !== undefined) faults[fault] = (faults[fault] ?? 0) + 1;
    else if (positions) kept.push({ index, positions });
  });
  const ensembles = byIsomer(molecule, kept).map((own) => ensembleOf(own, record));
  return { ensembles, faults };
}

interface Conformer {
  /** In the record. */
  readonly index: number;
  readonly positions: Float32Array;
}

function checkFormula({ atomicNumbers, smiles }: Molecule, given: Uint8Array): void {
  if (atomicNumbers.toSorted().join() === given.toSorted().join()) return;
  throw new UserError(`the conformers have other atoms than the SMILES ${smiles}, which has ${atomicNumbers.length}`);
}

function faultOf(molecule: Molecule, positions: Float32Array): ConformerFault | undefined {
  const change = bondChange(molecule, positions);
  if (change) return change.kind === 'broken' ? 'bond broken' : 'atoms too close';
  if (stereoChanges(molecule, positions).length > 0) return 'wrong stereo';
  return openStereo(molecule, positions).isUnclear ? 'ambiguous stereo' : undefined;
}

interface Isomer {
  readonly molecule: Molecule;
  readonly conformers: Conformer[];
}

/**
 * Conformers by what their molecule is once its open stereo is settled. Two ways to settle it may be one isomer: some
 * centres are none with the others as they are.
 */
function byIsomer(molecule: Molecule, conformers: readonly Conformer[]): Isomer[] {
  const settled = new Map<string, Molecule>();
  const isomers = new Map<string, Isomer>();
  for (const conformer of conformers) {
    const { key } = openStereo(molecule, conformer.positions);
    const own = key === '' ? molecule : (settled.get(key) ?? settleStereo(molecule, conformer.positions));
    settled.set(key, own);
    const isomer = isomers.get(own.smiles);
    if (isomer) isomer.conformers.push(conformer);
    else isomers.set(own.smiles, { molecule: own, conformers: [conformer] });
  }
  return [...isomers.values()];
}

function ensembleOf({ molecule, conformers }: Isomer, record: EnsembleRecord): Ensemble {
  const { energies, weights, level } = record;
  const own = energies && relativeEnergies(conformers.map(({ index }) => energies[index]));
  const shares = weights && normalizedWeights(conformers.map(({ index }) => weights[index]));
  const known = shares ?? (own && boltzmannWeights(own));
  return {
    molecule,
    conformers: conformers.map(({ positions }) => positions),
    ...(own && { energies: own }),
    ...(known && { weights: known }),
    level,
  };
}

/** Puts the atoms of one conformer after the other into the molecule's order. */
class Matcher {
  readonly #molecule: Molecule;
  readonly #record: EnsembleRecord;
  #match: Int32Array | undefined;

  constructor(molecule: Molecule, record: EnsembleRecord) {
    this.#molecule = molecule;
    this.#record = record;
  }

  /** The same match as before where it is right; conformers of one file most often have one order. */
  order(positions: Float32Array): Float32Array | undefined {
    const before = this.#match && inOrder(positions, this.#match);
    if (before && faultOf(this.#molecule, before) === undefined) return before;
    const { atomicNumbers, bonds } = this.#record;
    const match = matchAtoms(this.#molecule, atomicNumbers, positions, bonds);
    if (!match) return before;
    const ordered = inOrder(positions, match);
    const isRight = faultOf(this.#molecule, ordered) === undefined;
    if (isRight || !this.#match) this.#match = match;
    return isRight || !before ? ordered : before;
  }
}
