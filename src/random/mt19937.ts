/** Words in the generator's state. */
export const MT_WORDS = 624;
const MIDDLE = 397;
const UPPER = 0x80000000;
const LOWER = 0x7fffffff;
const TWIST = 0x9908b0df;

/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998): 32-bit words of period 2^19937 − 1.
 * `key` is its state of 624 words, `position` the next word to be handed out (624: refill first).
 */
export class Mt19937 {
  readonly key: Uint32Array;
  position: number;

  private constructor(key: Uint32Array, position: number) {
    this.key = key;
    this.position = position;
  }

  /** Seeded by one 32-bit integer: `init_genrand` of the authors' 2002 code. */
  static fromSeed(seed: number): Mt19937 {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`a seed is an integer in 0…4294967295, not ${seed}`);
    }
    const key = new Uint32Array(MT_WORDS);
    let word = seed >>> 0;
    for (let i = 0; i < MT_WORDS; i++) {
      key[i] = word;
      word = (Math.imul(word ^ (word >>> 30), 1812433253) + i + 1) >>> 0;
    }
    return new Mt19937(key, MT_WORDS);
  }

  /** From a state that was read before; the words are copied. */
  static fromState(key: ArrayLike<number>, position: number): Mt19937 {
    if (key.length !== MT_WORDS) throw new RangeError(`an MT19937 state has ${MT_WORDS} words, not ${key.length}`);
    if (!Number.isInteger(position) || position < 0 || position > MT_WORDS) {
      throw new RangeError(`an MT19937 position is an integer in 0…${MT_WORDS}, not ${position}`);
    }
    return new Mt19937(Uint32Array.from(key), position);
  }

  /** The next 32 random bits, as an integer in 0…2^32 − 1. */
  nextWord(): number {
    if (this.position === MT_WORDS) this.refill();
    let word = this.key[this.position++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  private refill(): void {
    const key = this.key;
    for (let i = 0; i < MT_WORDS; i++) {
      const next = key[(i + 1) % MT_WORDS];
      const joined = (key[i] & UPPER) | (next & LOWER);
      key[i] = key[(i + MIDDLE) % MT_WORDS] ^ (joined >>> 1) ^ (joined & 1 ? TWIST : 0);
    }
    this.position = 0;
  }
}
