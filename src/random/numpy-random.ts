import { Mt19937 } from './mt19937.js';
import { portableLog } from './portable-math.js';

/** All that a {@link NumpyRandom} remembers, as plain data: the tuple of NumPy's `RandomState.get_state()`. */
export interface NumpyRandomState {
  /** 624 words of 32 bits. */
  readonly key: readonly number[];
  /** Index of the next word, 0…624. */
  readonly position: number;
  /** The second number of a pair of normals that waits to be handed out. */
  readonly cachedNormal: number | null;
}

/**
 * NumPy's legacy generator `numpy.random.RandomState(seed)` (also behind `numpy.random.seed`): the same streams, word
 * for word; doubles are the same to the last bit, normals in all but a few of a thousand cases, where C's logarithm
 * rounds otherwise. They are the same in every engine.
 */
export class NumpyRandom {
  private readonly twister: Mt19937;
  private cachedNormal: number | null = null;

  /**
   * @param seed an integer in 0…2^32 − 1.
   * @throws RangeError for any other seed.
   */
  constructor(seed: number);
  constructor(state: NumpyRandomState);
  constructor(from: number | NumpyRandomState) {
    if (typeof from === 'number') {
      this.twister = Mt19937.fromSeed(from);
    } else {
      this.twister = Mt19937.fromState(from.key, from.position);
      this.cachedNormal = from.cachedNormal;
    }
  }

  /** What {@link NumpyRandom} takes to continue from here; plain data, fit for JSON. */
  state(): NumpyRandomState {
    return { key: [...this.twister.key], position: this.twister.position, cachedNormal: this.cachedNormal };
  }

  /** A generator of its own that hands out the same numbers from here on. */
  clone(): NumpyRandom {
    return new NumpyRandom(this.state());
  }

  /** `random_sample()`: uniform in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.twister.nextWord() >>> 5;
    const low = this.twister.nextWord() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** `randn()`: standard normal by the polar method (Marsaglia and Bray 1964); the second of a pair is kept. */
  normal(): number {
    const cached = this.cachedNormal;
    if (cached !== null) {
      this.cachedNormal = null;
      return cached;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * portableLog(square)) / square);
      this.cachedNormal = factor * x;
      return factor * y;
    }
  }

  /**
   * `randint(0, high)`: uniform in 0…high − 1, by masking 32-bit words and drawing again while they are too large.
   * `high` is at most 2^32 (NumPy switches to 64-bit words beyond); with `high` 1 nothing is drawn.
   */
  integer(high: number): number {
    if (!Number.isInteger(high) || high < 1 || high > 0x100000000) {
      throw new RangeError(`an upper bound is an integer in 1…2^32, not ${high}`);
    }
    const largest = high - 1;
    if (largest === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const word = (this.twister.nextWord() & mask) >>> 0;
      if (word <= largest) return word;
    }
  }

  /**
   * `choice(values, p=probabilities)`: one uniform number against the cumulative probabilities. Without
   * probabilities, `values[integer(values.length)]`.
   *
   * @throws RangeError where there is no value, or a probability is negative, missing, or they do not add up to 1.
   */
  choice<T>(values: readonly T[], probabilities?: readonly number[]): T {
    const index =
      probabilities === undefined ? this.integer(values.length) : this.weightedIndex(values.length, probabilities);
    const value = values[index];
    if (value === undefined) throw new RangeError(`no value stands at index ${index}`);
    return value;
  }

  private weightedIndex(count: number, probabilities: readonly number[]): number {
    const total = checkedSum(count, probabilities);
    const drawn = this.uniform();
    let cumulative = 0;
    const index = probabilities.findIndex((probability) => {
      cumulative += probability;
      return drawn < cumulative / total;
    });
    return index < 0 ? count - 1 : index;
  }
}

function checkedSum(count: number, probabilities: readonly number[]): number {
  if (count === 0 || probabilities.length !== count) {
    throw new RangeError(`${count} values need as many probabilities, not ${probabilities.length}`);
  }
  const total = probabilities.reduce((sum, probability) => sum + probability, 0);
  if (probabilities.some((probability) => !(probability >= 0)) || Math.abs(total - 1) > 1e-8) {
    throw new RangeError(`probabilities are at least 0 and add up to 1, not [${probabilities.join(', ')}]`);
  }
  return total;
}
