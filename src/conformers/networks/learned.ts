import { UserError } from '../../common/errors.js';
import { elementNumber, elementSymbol } from '../../molecules/elements.js';
import type { Molecule } from '../../molecules/molecule.js';
import { type Ensemble, type TheoryLevel, theoryLevels } from '../dataset/ensemble.js';

/** What the molecules were that a network has learned from. */
export interface Learned {
  /** Atomic numbers, rising. */
  readonly elements: readonly number[];
  /** In the order of {@link theoryLevels}. */
  readonly levels: readonly TheoryLevel[];
}

/** The elements and levels of theory of ensembles. */
export function learnedOf(ensembles: readonly Ensemble[]): Learned {
  return joined(
    ensembles.flatMap(({ molecule }) => [...new Set(molecule.atomicNumbers)]),
    ensembles.map(({ level }) => level),
  );
}

/** What a network has learned that learned one thing, then, from where that left it, another. */
export const learnedAfter = (first: Learned | undefined, then: Learned): Learned =>
  joined([...(first?.elements ?? []), ...then.elements], [...(first?.levels ?? []), ...then.levels]);

function joined(elements: readonly number[], levels: readonly TheoryLevel[]): Learned {
  return {
    elements: [...new Set(elements)].sort((a, b) => a - b),
    levels: theoryLevels.filter((level) => levels.includes(level)),
  };
}

/** As it stands in the provenance of a weight file. */
export const describeLearned = ({ elements, levels }: Learned) => ({ elements: elements.map(elementSymbol), levels });

/** What a weight file says that its network has learned; undefined where it does not say. */
export function learnedFrom({ elements, levels }: Readonly<Record<string, unknown>>): Learned | undefined {
  if (!Array.isArray(elements) || !Array.isArray(levels)) return undefined;
  const numbers = elements.flatMap((symbol) => (typeof symbol === 'string' ? (elementNumber(symbol) ?? []) : []));
  const learned = joined(numbers, levels);
  return learned.elements.length > 0 && learned.levels.length > 0 ? learned : undefined;
}

/**
 * The level of theory to ask a network for: the one that is wanted, or else GFN2-xTB where the network has learned it,
 * or else the first that it has.
 * @throws UserError for one that the network was not trained at, naming those it was
 */
export function levelFor(learned: Learned | undefined, wanted?: TheoryLevel): TheoryLevel {
  const { levels } = learned ?? { levels: theoryLevels };
  if (wanted === undefined) return levels.includes('gfn2') ? 'gfn2' : levels[0];
  if (levels.includes(wanted) || !theoryLevels.includes(wanted)) return wanted;
  throw new UserError(`the weights were not trained at the level of theory ${wanted}; available: ${levels.join(', ')}`);
}

/** The symbols of a molecule's elements that a network was not trained on; none where its weights do not say. */
export function unlearnedElements(learned: Learned | undefined, { atomicNumbers }: Molecule): string[] {
  if (!learned) return [];
  const unknown = new Set(atomicNumbers.filter((number) => !learned.elements.includes(number)));
  return [...unknown].sort((a, b) => a - b).map(elementSymbol);
}
