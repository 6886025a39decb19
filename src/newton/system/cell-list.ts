/** The way to a cube itself and to half of those around it, x, y, z each: so each pair of cubes is seen from one side. */
const HALF = Int8Array.from(
  [-1, 0, 1].flatMap((x) => [-1, 0, 1].flatMap((y) => [-1, 0, 1].flatMap((z) => [x, y, z]))),
).subarray(3 * 13);

/**
 * Bodies by the cubes of a grid that they are in, for finding those that are near each other: what lies closer than
 * `width` is in the same cube or in cubes that touch. The grid is endless: cubes are kept in a hash table with two
 * places a body, so bodies that fly off cost nothing.
 */
export class CellList {
  readonly #width: number;
  /** Cube of every body, [n, 3]. */
  readonly #cells: Int32Array;
  /** The first body in each place of the table, or −1. */
  readonly #first: Int32Array;
  /** The body that follows in the same place, or −1. */
  readonly #next: Int32Array;
  /** Cubes of a block of so many in x and y have places of their own. */
  readonly #side: number;

  constructor(bodies: number, width: number) {
    this.#width = width;
    this.#cells = new Int32Array(3 * bodies);
    const bits = Math.ceil(Math.log2(2 * bodies));
    this.#first = new Int32Array(2 ** bits);
    this.#side = 2 ** Math.ceil(bits / 3);
    this.#next = new Int32Array(bodies);
  }

  /** Sorts the bodies into cubes by their positions, [3, n]. */
  fill(loc: Float64Array): void {
    const n = this.#next.length;
    this.#first.fill(-1);
    for (let i = n - 1; i >= 0; i--) {
      for (let axis = 0; axis < 3; axis++) this.#cells[3 * i + axis] = Math.floor(loc[axis * n + i] / this.#width);
      const place = this.#placeOf(this.#cells[3 * i], this.#cells[3 * i + 1], this.#cells[3 * i + 2]);
      this.#next[i] = this.#first[place];
      this.#first[place] = i;
    }
  }

  /**
   * Writes the bodies that may be near body i into `near`, and gives their number. Over all i, each pair of bodies in
   * cubes that touch comes once.
   */
  near(i: number, near: Int32Array): number {
    let count = 0;
    for (let k = 0; k < HALF.length; k += 3) {
      const x = this.#cells[3 * i] + HALF[k];
      const y = this.#cells[3 * i + 1] + HALF[k + 1];
      const z = this.#cells[3 * i + 2] + HALF[k + 2];
      // In its own cube, those that come after it.
      let j = k === 0 ? this.#next[i] : this.#first[this.#placeOf(x, y, z)];
      for (; j >= 0; j = this.#next[j]) {
        if (this.#cells[3 * j] === x && this.#cells[3 * j + 1] === y && this.#cells[3 * j + 2] === z) near[count++] = j;
      }
    }
    return count;
  }

  #placeOf(x: number, y: number, z: number): number {
    return (x + this.#side * (y + this.#side * z)) & (this.#first.length - 1);
  }
}
