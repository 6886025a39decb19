import { z } from 'zod';
import { UserError } from '../../common/errors.js';

/** The parts of a set: what is learned from, what decides which weights are kept, and what is measured on at the end. */
export const PARTS = ['train', 'valid', 'test'] as const;

/** One of the parts of a set. */
export type Part = (typeof PARTS)[number];

/** Something of each part. */
export type PerPart<T> = Readonly<Record<Part, T>>;

/** How a set was split, as plain data, for the records of a run. */
export interface SplitDescription {
  readonly by: 'share' | 'group' | 'indices' | 'files';
  readonly sizes: PerPart<number>;
  readonly seed?: number;
  /** What the groups are by. */
  readonly key?: string;
  /** How many groups are in each part. */
  readonly groups?: PerPart<number>;
  /** The files of each part. */
  readonly files?: PerPart<readonly string[]>;
  /** Where validation is a share of the files for training. */
  readonly validFromTrain?: true;
}

/** Which geometries are in which part, in ascending order. No geometry is in two; there may be none to test on. */
export interface GeometrySplit extends PerPart<Int32Array> {
  readonly description: SplitDescription;
}

const amount = z
  .number()
  .min(0)
  .refine((x) => x < 1 || Number.isInteger(x), {
    error: 'expected a share below 1, or a whole number of geometries',
  });

/** How a set is split. */
export const splitSchema = z
  .strictObject({
    valid: amount.default(0.1).describe('Geometries for validation: a share below 1, or a number.'),
    test: amount.default(0.1).describe('Geometries for the test: a share below 1, or a number; 0 for none.'),
    train: z.number().int().positive().optional().describe('At most so many geometries to learn from; default all.'),
    seed: z.number().int().min(0).default(1).describe('Which geometries go where.'),
    groupBy: z
      .string()
      .min(1)
      .optional()
      .describe('A key of the files, text or number, such as smiles: geometries with the same value stay together.'),
  })
  .describe('How geometries are split, where files are not named train, valid and test, and no indices are given.');

/** How a set is split, with its defaults. */
export type SplitConfig = z.output<typeof splitSchema>;

/**
 * The parts, checked and in order.
 * @throws UserError where nothing is left to train or to validate on
 */
export function checkedSplit(
  parts: PerPart<ArrayLike<number>>,
  description: Omit<SplitDescription, 'sizes'>,
): GeometrySplit {
  const sizes = { train: parts.train.length, valid: parts.valid.length, test: parts.test.length };
  if (sizes.train === 0 || sizes.valid === 0) {
    const [of, others] = sizes.train === 0 ? (['train', 'valid'] as const) : (['valid', 'train'] as const);
    const what = { train: 'to train on', valid: 'to validate on' };
    const rest = `${countOf(sizes[others], 'geometry', 'geometries')} ${what[others]}, ${sizes.test} to test on`;
    throw new UserError(`the split leaves no geometry ${what[of]} (${rest})`, { key: 'split' });
  }
  const sorted = (list: ArrayLike<number>): Int32Array => Int32Array.from(list).sort();
  return {
    train: sorted(parts.train),
    valid: sorted(parts.valid),
    test: sorted(parts.test),
    description: { ...description, sizes },
  };
}

export const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
