/** The way to a cube and to the 26 around it, x, y, z each: first itself and 13 that hold each pair of cubes from one side. */
const WAYS = ((): Int8Array => {
  const all = [-1, 0, 1].flatMap((x) => [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((z) => [x, y, z])));
  return Int8Array.from([...all.slice(13), ...all.slice(0, 13)].flat());
})();
const HALF = 14;

/**
 * Points by the cubes of a grid that they are in, for finding those that are near each other: what lies closer than
 * `width` is in the same cube or in cubes that touch. The grid is endless: cubes are kept in a hash table with two
 * places a point, so points that fly off cost nothing.
 */
export class CellList {
  readonly #width: number;
  /** Cube of every point, [n, 3]. */
  readonly #cells: Int32Array;
  /** The first point in each place of the table, or −1. */
  readonly #first: Int32Array;
  /** The point that follows in the same place, or −1. */
  readonly #next: Int32Array;
  /** Cubes of a block of so many in x and y have places of their own. */
  readonly #side: number;

  constructor(points: number, width: number) {
    this.#width = width;
    this.#cells = new Int32Array(3 * points);
    const bits = Math.ceil(Math.log2(2 * Math.max(points, 1)));
    this.#first = new Int32Array(2 ** bits);
    this.#side = 2 ** Math.ceil(bits / 3);
    this.#next = new Int32Array(points);
  }

  /** Sorts the points into cubes by their positions, [3, n]. */
  fill(x: Float64Array): void {
    const n = this.#next.length;
    this.#first.fill(-1);
    for (let i = n - 1; i >= 0; i--) {
      for (let axis = 0; axis < 3; axis++) this.#cells[3 * i + axis] = Math.floor(x[axis * n + i] / this.#width);
      const place = this.#placeOf(this.#cells[3 * i], this.#cells[3 * i + 1], this.#cells[3 * i + 2]);
      this.#next[i] = this.#first[place];
      this.#first[place] = i;
    }
  }

  /**
   * Writes the points that may be near point i into `near`, and gives their number. Over all i, each pair of points in
   * cubes that touch comes once.
   */
  near(i: number, near: Int32Array): number {
    return this.#gather(i, near, HALF, this.#next[i]);
  }

  /** Writes all points in the cube of point i into `near`, then those of the cubes that touch it; gives their number. */
  around(i: number, near: Int32Array): number {
    const own = this.#placeOf(this.#cells[3 * i], this.#cells[3 * i + 1], this.#cells[3 * i + 2]);
    return this.#gather(i, near, WAYS.length / 3, this.#first[own]);
  }

  /** Whether two points are in the same cube. */
  together(i: number, j: number): boolean {
    const cells = this.#cells;
    return (
      cells[3 * i] === cells[3 * j] && cells[3 * i + 1] === cells[3 * j + 1] && cells[3 * i + 2] === cells[3 * j + 2]
    );
  }

  /** @param first where to begin in the cube of i itself */
  #gather(i: number, near: Int32Array, ways: number, first: number): number {
    const [cells, next] = [this.#cells, this.#next];
    let count = 0;
    for (let k = 0; k < 3 * ways; k += 3) {
      // As the array of cubes holds them, 32 bits.
      const x = (cells[3 * i] + WAYS[k]) | 0;
      const y = (cells[3 * i + 1] + WAYS[k + 1]) | 0;
      const z = (cells[3 * i + 2] + WAYS[k + 2]) | 0;
      let j = k === 0 ? first : this.#first[this.#placeOf(x, y, z)];
      for (; j >= 0; j = next[j]) {
        if (cells[3 * j] === x && cells[3 * j + 1] === y && cells[3 * j + 2] === z) near[count++] = j;
      }
    }
    return count;
  }

  #placeOf(x: number, y: number, z: number): number {
    return (x + this.#side * (y + this.#side * z)) & (this.#first.length - 1);
  }
}
