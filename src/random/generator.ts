import { requireInteger } from '../common/checks.js';
import { portableLog } from './portable-math.js';
import { checkState, finish, mixLabel, type RngState, wordsFromSeed } from './state.js';

export type { RngState } from './state.js';

/**
 * A stream of random numbers as a value: passed in, cloned, saved and restored; nothing is global.
 *
 * The generator is xoshiro128** (Blackman and Vigna 2018, period 2^128 − 1), seeded through splitmix32. Normals come
 * from Marsaglia's polar method, with a logarithm of our own: the same seed gives the same digits on every machine.
 * Not for cryptography.
 */
export class Rng {
  // Four signed 32-bit words. Plain fields: reading a typed array here would halve the speed.
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  private spare: number | null;

  private constructor(words: RngState['words'], spare: number | null) {
    this.a = words[0] | 0;
    this.b = words[1] | 0;
    this.c = words[2] | 0;
    this.d = words[3] | 0;
    this.spare = spare;
  }

  /** A generator that always draws the same. @param seed a whole number from 0 to 2^53 − 1; UserError otherwise */
  static fromSeed(seed: number): Rng {
    return new Rng(wordsFromSeed(requireInteger(seed, 'the seed', { min: 0 })), null);
  }

  /** Goes on where {@link Rng.state} was taken. @throws UserError for what is no state */
  static fromState(state: unknown): Rng {
    const { words, spare } = checkState(state);
    return new Rng(words, spare);
  }

  /** All there is to the generator, ready for JSON. */
  state(): RngState {
    return { algorithm: 'xoshiro128**', words: this.words(), spare: this.spare };
  }

  /** A generator that will give the same numbers as this one. */
  clone(): Rng {
    return new Rng(this.words(), this.spare);
  }

  /** A new stream that depends on this one's state and on the label alone; this one does not move. */
  fork(label: string | number): Rng {
    return new Rng(mixLabel(this.words(), String(label)), null);
  }

  /** A new stream, for which this one takes a step: splitting twice gives two different ones. */
  split(): Rng {
    this.uint32();
    return this.fork('split');
  }

  /** 32 random bits for a whole number, by this state alone, which does not move: quicker than `fork(index).uint32()`. */
  bitsAt(index: number): number {
    const { a, b, c, d } = this;
    return finish(finish(finish(finish(index ^ a) + b) + c) + d);
  }

  /** A whole number from 0 to 2^32 − 1. */
  uint32(): number {
    const { a, b, c, d } = this;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    this.a = a ^ d ^ b;
    this.b = b ^ c ^ a;
    this.c = c ^ a ^ (b << 9);
    this.d = rotate(d ^ b, 11);
    return result;
  }

  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 0x4000000 + (this.uint32() >>> 6)) / 0x20000000000000;
  }

  /** Standard normal. */
  normal(): number {
    if (this.spare !== null) {
      const spare = this.spare;
      this.spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s < 1e-300) continue;
      const scale = Math.sqrt((-2 * portableLog(s)) / s);
      this.spare = v * scale;
      return u * scale;
    }
  }

  /** A whole number from 0 to `limit` − 1, each equally likely. `limit` is from 1 to 2^32. */
  integer(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 0x100000000) throw new RangeError(`bad limit ${limit}`);
    const fair = 0x100000000 - (0x100000000 % limit);
    let value = this.uint32();
    while (value >= fair) value = this.uint32();
    return value % limit;
  }

  /** Puts the elements in random order, in place (Fisher and Yates); returns the same array. */
  shuffle<A extends { length: number; [index: number]: unknown }>(array: A): A {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = array[i];
      array[i] = array[j];
      array[j] = kept;
    }
    return array;
  }

  /** Fills the array with normals of the given mean and standard deviation; returns it. */
  fillNormal<A extends Float32Array | Float64Array>(array: A, mean = 0, deviation = 1): A {
    for (let i = 0; i < array.length; i++) array[i] = mean + deviation * this.normal();
    return array;
  }

  /** Fills the array with uniform numbers from `low` to `high`, in steps of (high − low)/2^24; returns it. */
  fillUniform<A extends Float32Array | Float64Array>(array: A, low = 0, high = 1): A {
    for (let i = 0; i < array.length; i++) array[i] = low + (high - low) * ((this.uint32() >>> 8) / 0x1000000);
    return array;
  }

  private words(): RngState['words'] {
    return [this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0];
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
