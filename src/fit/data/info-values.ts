import { parseNumber } from '../../files/extended-xyz-read.js';

/** What lists are cut at, however they are written: `1 2 3`, `[1, 2, 3]`, `{1 2 3}`, `[[1, 2], [3, 4]]`. */
const BETWEEN = /[\s,[\]{}]+/;

/** The words of a value of a comment line. `_JSON` is how ASE marks what it wrote as JSON. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/^_JSON\s+/, '')
    .split(BETWEEN)
    .filter((word) => word !== '');

/**
 * The numbers of a value of a comment line: one, or a list, however nested, in its order. `nan` is read as NaN.
 * @returns undefined where it is anything else: text
 */
export function numbersOfInfo(text: string): Float64Array | undefined {
  const words = wordsOf(text);
  if (words.length === 0) return undefined;
  const numbers = new Float64Array(words.length);
  for (const [k, word] of words.entries()) {
    const number = /^nan$/i.test(word) ? Number.NaN : parseNumber(word);
    if (number === undefined) return undefined;
    numbers[k] = number;
  }
  return numbers;
}

/** Whether a value of a comment line is numbers of which one is infinite: written so, or too large. */
export function isInfinite(text: string): boolean {
  const infinite = (word: string): boolean =>
    /^[+-]?inf(inity)?$/i.test(word) || Math.abs(Number(word.replace(/d/i, 'e'))) === Infinity;
  const words = wordsOf(text);
  return words.some(infinite) && words.every((word) => infinite(word) || numbersOfInfo(word) !== undefined);
}

/** The truths of a value of a comment line: `T T F`, `[true, true, false]`, `1 1 0`; undefined where it is no such. */
export function truthsOfInfo(text: string): boolean[] | undefined {
  const words = wordsOf(text).map((word) => word.toLowerCase());
  const isTrue = (word: string): boolean => ['t', 'true', '1'].includes(word);
  const isTruth = (word: string): boolean => isTrue(word) || ['f', 'false', '0'].includes(word);
  return words.length > 0 && words.every(isTruth) ? words.map(isTrue) : undefined;
}
