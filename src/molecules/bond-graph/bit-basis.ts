/** Independent sets, as bits, under symmetric difference: a basis over the field of two elements. */
export class BitBasis {
  /** By their highest bits, descending. */
  readonly #rows: bigint[] = [];

  get rank(): number {
    return this.#rows.length;
  }

  /** What is left of a set when sets of the basis are taken away: 0 if it is their sum. */
  reduce(bits: bigint): bigint {
    let left = bits;
    for (const row of this.#rows) if ((left ^ row) < left) left ^= row;
    return left;
  }

  /** Takes a set in, if it is no sum of those that are there. */
  add(bits: bigint): void {
    const left = this.reduce(bits);
    if (left === 0n) return;
    this.#rows.push(left);
    this.#rows.sort((a, b) => (a > b ? -1 : 1));
  }
}
