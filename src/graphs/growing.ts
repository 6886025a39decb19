/** Whole numbers one after the other in an array that grows. */
export class GrowingInts {
  #values: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.#values = new Int32Array(capacity);
  }

  push(value: number): void {
    this.#reserve(1);
    this.#values[this.length++] = value;
  }

  append(values: Int32Array): void {
    this.#reserve(values.length);
    this.#values.set(values, this.length);
    this.length += values.length;
  }

  /** What has come in so far; valid until more does. */
  get values(): Int32Array {
    return this.#values.subarray(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#values.length) return;
    const larger = new Int32Array(2 * (this.length + more));
    larger.set(this.values);
    this.#values = larger;
  }
}
