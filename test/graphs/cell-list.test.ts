import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellList } from '../../src/graphs/cell-list.js';

/** Squared distance of two of the positions [3, n]. */
function squared(loc: Float64Array, i: number, j: number): number {
  const n = loc.length / 3;
  return [0, 1, 2].reduce((sum, axis) => sum + (loc[axis * n + i] - loc[axis * n + j]) ** 2, 0);
}

describe('a cell list', () => {
  const coordinate = fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.constantFrom(1e3, -1e5, 3e9, -0, 1));

  it('gives every pair that is near once, wherever the bodies are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 40 }), (bodies) => {
        const n = bodies.length;
        const loc = Float64Array.from([0, 1, 2].flatMap((axis) => bodies.map((body) => body[axis])));
        const list = new CellList(n, 1.5);
        const near = new Int32Array(n);
        for (let round = 0; round < 2; round++) list.fill(loc);
        const found = bodies.flatMap((_, i) =>
          [...near.subarray(0, list.near(i, near))].map((j) => `${Math.min(i, j)}-${Math.max(i, j)}`),
        );
        expect(new Set(found).size).toBe(found.length);
        const pairs = bodies.flatMap((_, j) => bodies.slice(0, j).map((_, i) => [i, j] as const));
        for (const [i, j] of pairs) if (squared(loc, i, j) < 1.5 ** 2) expect(found).toContain(`${i}-${j}`);
      }),
    );
  });

  it('leaves out what is far: the number of candidates grows with the number of bodies', () => {
    // One body in each cell of a row.
    const counts = [100, 1000].map((n) => {
      const loc = Float64Array.from({ length: 3 * n }, (_, k) => (k < n ? k + 0.5 : 0.5));
      const list = new CellList(n, 1);
      list.fill(loc);
      const near = new Int32Array(n);
      return Array.from({ length: n }, (_, i) => list.near(i, near)).reduce((sum, count) => sum + count, 0);
    });
    expect(counts).toEqual([99, 999]);
  });
});
