/** An array of doubles that grows: twice the room whenever it is full. */
export class GrowingNumbers {
  #data = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds numbers at the end. */
  push(values: ArrayLike<number>): void {
    const start = this.#length;
    this.#grow(start + values.length);
    this.#data.set(values, start);
  }

  /** Adds NaN up to a length. */
  missingTo(length: number): void {
    const start = this.#length;
    if (length <= start) return;
    this.#grow(length);
    this.#data.fill(Number.NaN, start, length);
  }

  /** All of them, in memory of their own. */
  values(): Float64Array {
    return this.#data.slice(0, this.#length);
  }

  #grow(length: number): void {
    if (length > this.#data.length) {
      const larger = new Float64Array(Math.max(length, 2 * this.#data.length));
      larger.set(this.#data.subarray(0, this.#length));
      this.#data = larger;
    }
    this.#length = length;
  }
}
