import { UserError } from '../../common/errors.js';
import type { Ensemble } from '../dataset/ensemble.js';
import type { EvaluationPair } from './evaluation.js';
import { GeneratedMatcher, type GeneratedRecord, type MatchKind } from './match-generated.js';

/** Generated conformers and what they are called: the name of a file, or of a network. */
export interface GeneratedSource {
  readonly name: string;
  readonly records: AsyncIterable<GeneratedRecord>;
  /** Where the records are made while they are read: what each took in seconds of one thread. Known after the last. */
  readonly secondsEach?: () => number;
}

/** How {@link matchGenerated} finds what was generated for a molecule. */
export interface MatchOptions {
  /** Whether the references are but a part of those that were generated for, so that unknown molecules are no fault. */
  readonly isPart?: boolean;
  readonly signal?: AbortSignal;
}

/** References with what was generated for them, and what a reader of the figures should know. */
export interface Matched {
  readonly pairs: readonly EvaluationPair[];
  readonly notes: readonly string[];
}

/**
 * Gathers generated conformers by reference molecule.
 *
 * @throws UserError if there are none, or none of a reference molecule
 */
export async function matchGenerated(
  references: readonly Ensemble[],
  { name, records }: GeneratedSource,
  { isPart = false, signal }: MatchOptions = {},
): Promise<Matched> {
  const matcher = new GeneratedMatcher(references);
  const found: Record<MatchKind, { count: number; first: string }> = {
    'right isomer': { count: 0, first: '' },
    'wrong isomer': { count: 0, first: '' },
    unknown: { count: 0, first: '' },
  };
  for await (const record of records) {
    signal?.throwIfAborted();
    const kind = found[matcher.add(record)];
    kind.count += 1;
    kind.first ||= record.molecule.smiles;
  }
  const { unknown, 'wrong isomer': wrong, 'right isomer': right } = found;
  const total = right.count + wrong.count + unknown.count;
  if (total === 0) throw new UserError(`${name} holds no conformers`);
  if (unknown.count === total) {
    throw new UserError(
      `none of the ${total} conformers in ${name} matches a reference molecule; the first is ${unknown.first}`,
    );
  }
  const pairs = matcher.pairs();
  const notes = [
    ...sameMoleculeNote(references.length - pairs.length),
    ...(unknown.count > 0 && !isPart
      ? [
          `${unknown.count} of ${total} generated conformers match no reference molecule and were omitted; the first is ${unknown.first}`,
        ]
      : []),
    ...(wrong.count > 0
      ? [`${wrong.count} generated conformers are wrong isomers and match nothing; the first is ${wrong.first}`]
      : []),
    ...unansweredNote(pairs),
  ];
  return { pairs, notes };
}

const sameMoleculeNote = (count: number): string[] =>
  count === 0 ? [] : [`${count} of the references are of a molecule that came before; their conformers count together`];

function unansweredNote(pairs: readonly EvaluationPair[]): string[] {
  const missing = pairs.filter(({ generated }) => !generated.wrong.includes(0));
  if (missing.length === 0) return [];
  const [{ reference }] = missing;
  const { name, smiles } = reference.molecule;
  return [
    `${missing.length} of ${pairs.length} molecules have no generated conformer of the right isomer; ` +
      `the first is ${name && name !== smiles ? `${name}, ` : ''}${smiles}`,
  ];
}
