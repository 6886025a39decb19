import { UserError } from '../../common/errors.js';
import { checkedSplit, type GeometrySplit, PARTS, type PerPart } from './split.js';

/** Indices of geometries, from 0, and where they come from. */
export interface IndexList {
  readonly indices: ArrayLike<number>;
  /** What messages call it. */
  readonly source: string;
}

/** The numbers of a text: whole ones from 0, a line each, or with blanks or commas between. @throws UserError */
export function parseIndices(text: string, source: string): Int32Array {
  const indices: number[] = [];
  for (const [k, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    for (const word of line.split(/[\s,]+/)) {
      if (word === '') continue;
      if (!/^\d{1,10}$/.test(word) || Number(word) > 0x7fffffff)
        throw new UserError(`expected the number of a geometry, from 0, found "${word.slice(0, 40)}"`, {
          file: source,
          line: k + 1,
        });
      indices.push(Number(word));
    }
  }
  if (indices.length === 0) throw new UserError(`${source}: the file has no indices`, { file: source });
  return Int32Array.from(indices);
}

/**
 * Parts as lists of indices say; what none names is left out.
 *
 * @param count the number of geometries
 * @throws UserError for an index that is no geometry's, or that is named twice
 */
export function splitByIndices(
  count: number,
  lists: Partial<PerPart<IndexList>> & Pick<PerPart<IndexList>, 'train' | 'valid'>,
): GeometrySplit {
  const seen = new Map<number, string>();
  for (const part of PARTS) {
    const { indices, source } = lists[part] ?? { indices: [], source: '' };
    for (const index of Array.from(indices)) {
      if (!Number.isInteger(index) || index < 0 || index >= count)
        throw new UserError(`${source}: there is no geometry ${index}; there are ${count}, counted from 0`, {
          file: source,
        });
      const other = seen.get(index);
      if (other !== undefined) {
        const where = other === source ? 'twice' : `in ${other} too`;
        throw new UserError(`${source}: geometry ${index} is named ${where}`, { file: source });
      }
      seen.set(index, source);
    }
  }
  const { train, valid, test } = lists;
  const parts = { train: train.indices, valid: valid.indices, test: test?.indices ?? [] };
  const files = { train: [train.source], valid: [valid.source], test: test ? [test.source] : [] };
  return checkedSplit(parts, { by: 'indices', files });
}
