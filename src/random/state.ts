import { UserError } from '../common/errors.js';

/** The whole state of an `Rng`, as plain JSON. */
export interface RngState {
  readonly algorithm: 'xoshiro128**';
  /** Four 32-bit words, not all zero. */
  readonly words: readonly [number, number, number, number];
  /** The second normal of the last pair, when it has not been handed out yet. */
  readonly spare: number | null;
}

/** Four well-mixed words from a seed of up to 53 bits. */
export function wordsFromSeed(seed: number): RngState['words'] {
  const low = splitmix32(seed >>> 0);
  const high = splitmix32(Math.floor(seed / 0x100000000) ^ 0x5bf03635);
  const next = () => (low() ^ high()) >>> 0;
  return notAllZero([next(), next(), next(), next()]);
}

/** Four words that depend on every bit of a state and of a label. */
export function mixLabel(words: RngState['words'], label: string): RngState['words'] {
  const content = [...words, ...Array.from(label, (letter) => letter.codePointAt(0) ?? 0)];
  let hash = 0x811c9dc5;
  const next = () => {
    for (const value of content) hash = finish(Math.imul(hash ^ value, 0x01000193) + 0x9e3779b9);
    return hash;
  };
  return notAllZero([next(), next(), next(), next()]);
}

/** The value as a state, if it is one, as after a trip through JSON. */
export function checkState(value: unknown): RngState {
  if (typeof value === 'object' && value !== null && 'words' in value && 'spare' in value && 'algorithm' in value) {
    const { algorithm, words, spare } = value;
    if (algorithm === 'xoshiro128**' && isWords(words) && (spare === null || Number.isFinite(spare))) {
      return { algorithm, words, spare: spare === null ? null : Number(spare) };
    }
  }
  throw new UserError('this is not a saved random state of clofnet (expected algorithm xoshiro128**, words, spare)');
}

function isWords(value: unknown): value is [number, number, number, number] {
  return (
    Array.isArray(value) &&
    value.length === 4 &&
    value.every((word) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff) &&
    value.some((word) => word !== 0)
  );
}

/** Steele, Lea and Flood's splitmix with 32-bit words (the finaliser is MurmurHash3's). */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return finish(state);
  };
}

/** MurmurHash3's finaliser: 32 bits, each of which depends on all of `value`'s. */
export function finish(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function notAllZero(words: RngState['words']): RngState['words'] {
  return words.every((word) => word === 0) ? [1, 0, 0, 0] : words;
}
