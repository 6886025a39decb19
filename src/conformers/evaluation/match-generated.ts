import type { Molecule } from '../../molecules/molecule.js';
import { stereoChanges } from '../../molecules/stereo/stereo-in-space.js';
import { correspondences } from '../../molecules/symmetry/correspondence.js';
import { inOrder, matchAtoms } from '../../molecules/symmetry/match-graph.js';
import type { Ensemble } from '../dataset/ensemble.js';
import type { ConformerCost, EvaluationPair } from './evaluation.js';

/** A generated conformer, its atoms in any order. */
export interface GeneratedRecord {
  readonly molecule: Molecule;
  /** [atoms · 3], Å. */
  readonly positions: Float32Array;
  readonly cost: ConformerCost;
}

/** `unknown` is a molecule that is not among the references. */
export type MatchKind = 'right isomer' | 'wrong isomer' | 'unknown';

/** Ways to lay a molecule with many symmetries on its reference that are tried for the right stereo. */
const ATTEMPTS = 500;

interface Entry {
  readonly reference: Ensemble;
  readonly positions: Float32Array[];
  readonly wrong: number[];
  readonly costs: ConformerCost[];
}

/**
 * Gathers generated conformers by the reference that they are of. A conformer belongs to the reference of the same
 * graph whose stereo it has (what that leaves open may be either way); if there is none, it is a wrong isomer of one
 * with that graph, by preference the one of its name. Programs that draw charges and double bonds in another way are
 * understood: if need be, elements, bonds and hydrogens alone decide. References that are the same molecule count as
 * one, with the conformers of all.
 */
export class GeneratedMatcher {
  readonly #entries: Entry[];
  readonly #byFormula = new Map<string, Entry[]>();
  readonly #known = new Map<string, readonly Candidate[]>();

  constructor(references: readonly Ensemble[]) {
    this.#entries = mergeSame(references).map((reference) => ({ reference, positions: [], wrong: [], costs: [] }));
    for (const entry of this.#entries) {
      const formula = formulaOf(entry.reference.molecule);
      this.#byFormula.set(formula, [...(this.#byFormula.get(formula) ?? []), entry]);
    }
  }

  /** Takes a conformer and says what it is. */
  add(record: GeneratedRecord): MatchKind {
    const candidates = this.#candidates(record);
    if (candidates.length === 0) return 'unknown';
    for (const { entry, mappings } of candidates) {
      for (const mapping of mappings) {
        const positions = inOrder(record.positions, mapping);
        if (stereoChanges(entry.reference.molecule, positions).length > 0) continue;
        keep(entry, positions, 0, record.cost);
        return 'right isomer';
      }
    }
    const named = candidates.find(({ entry }) => entry.reference.molecule.name === record.molecule.name);
    const { entry, mappings } = named ?? candidates[0];
    keep(entry, inOrder(record.positions, mappings[0]), 1, record.cost);
    return 'wrong isomer';
  }

  /** Every reference with what was generated for it, in the order of the references. */
  pairs(): EvaluationPair[] {
    return this.#entries.map(({ reference, positions, wrong, costs }) => ({
      reference,
      generated: { positions, wrong: Uint8Array.from(wrong), costs },
    }));
  }

  /** The references of a molecule's graph, and how to lay it on them. */
  #candidates(record: GeneratedRecord): readonly Candidate[] {
    const { molecule } = record;
    const entries = this.#byFormula.get(formulaOf(molecule)) ?? [];
    if (entries.length === 0) return [];
    const key = graphKey(molecule);
    const known = this.#known.get(key) ?? entries.map((entry) => strictCandidate(entry, molecule)).filter(isPossible);
    this.#known.set(key, known);
    return known.length > 0 ? known : entries.map((entry) => looseCandidate(entry, record)).filter(isPossible);
  }
}

/** Elements, charges and types of bonds are the same; found once for each order of atoms. */
const strictCandidate = (entry: Entry, molecule: Molecule): Candidate => ({
  entry,
  mappings: firstOf(correspondences(entry.reference.molecule, molecule), ATTEMPTS),
});

/** Elements and bonds are the same; the positions tell which way it is laid. */
function looseCandidate(entry: Entry, { molecule, positions }: GeneratedRecord): Candidate {
  const found = matchAtoms(entry.reference.molecule, molecule.atomicNumbers, positions, molecule.bonds);
  return { entry, mappings: found ? [found] : [] };
}

const isPossible = ({ mappings }: Candidate): boolean => mappings.length > 0;

interface Candidate {
  readonly entry: Entry;
  /** The atom of the record for each atom of the reference. */
  readonly mappings: readonly Int32Array[];
}

function keep(entry: Entry, positions: Float32Array, wrong: 0 | 1, cost: ConformerCost): void {
  entry.positions.push(positions);
  entry.wrong.push(wrong);
  entry.costs.push(cost);
}

function firstOf<T>(values: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  for (const value of values) {
    found.push(value);
    if (found.length === count) break;
  }
  return found;
}

const formulaOf = ({ atomicNumbers }: Molecule): string => String(Array.from(atomicNumbers).sort((a, b) => a - b));

const graphKey = ({ atomicNumbers, charges, bonds }: Molecule): string =>
  [atomicNumbers, charges, bonds.begin, bonds.end, bonds.type].join(' ');

/** Ensembles of one molecule as one; the first one's order of atoms counts. */
function mergeSame(references: readonly Ensemble[]): Ensemble[] {
  const merged = new Map<string, Ensemble>();
  for (const reference of references) {
    const { smiles } = reference.molecule;
    const first = merged.get(smiles);
    merged.set(smiles, first ? joined(first, reference) : reference);
  }
  return [...merged.values()];
}

function joined(first: Ensemble, second: Ensemble): Ensemble {
  const [mapping] = correspondences(first.molecule, second.molecule);
  const added = second.conformers.map((positions) => (mapping ? inOrder(positions, mapping) : positions));
  return { molecule: first.molecule, conformers: [...first.conformers, ...added], level: first.level };
}
