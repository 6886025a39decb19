/** NumPy adds fewer numbers than this one after the other. */
const LANES = 8;

/**
 * Sums of n vectors for each of n bodies, in the order in which NumPy adds up the last axis of an array (its pairwise
 * summation of up to 128 numbers): eight running sums of every eighth number, combined two by two, then the rest one
 * by one. Vector j of body i is to be added at `values[i * row + offsets[j]]` and the two places after it, in
 * ascending order of j.
 *
 * Beyond 128 numbers NumPy also cuts the row in halves, which is not followed here: the last bits may differ there.
 */
export class PairwiseSums {
  /** Numbers kept for a body: its running sums, x, y, z of each side by side. */
  readonly row: number;
  readonly offsets: Int32Array;
  readonly values: Float64Array;

  constructor(bodies: number) {
    const rest = bodies % LANES;
    const whole = bodies - rest;
    this.row = whole === 0 ? 3 : 3 * (LANES + rest);
    this.values = new Float64Array(bodies * this.row);
    this.offsets = Int32Array.from({ length: bodies }, (_, j) => {
      if (whole === 0) return 0;
      return 3 * (j < whole ? j % LANES : LANES + j - whole);
    });
  }

  clear(): void {
    for (let i = 0; i < this.values.length; i++) this.values[i] = 0;
  }

  /** Writes the sums, [3, n]. */
  total(result: Float64Array): void {
    const bodies = this.offsets.length;
    for (let i = 0; i < bodies; i++) {
      const from = i * this.row;
      for (let axis = 0; axis < 3; axis++) result[axis * bodies + i] = total(this.values, from + axis, this.row);
    }
  }
}

function total(values: Float64Array, from: number, row: number): number {
  if (row === 3) return values[from];
  const first = values[from] + values[from + 3] + (values[from + 6] + values[from + 9]);
  const second = values[from + 12] + values[from + 15] + (values[from + 18] + values[from + 21]);
  let sum = first + second;
  for (let k = 3 * LANES; k < row; k += 3) sum += values[from + k];
  return sum;
}
