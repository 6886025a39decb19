import fc from 'fast-check';
import { expect, it } from 'vitest';
import { symmetricEigen } from '../../src/geometry/symmetric-eigen.js';

const matrices = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((values) => {
    const at = (i: number, j: number) => values[Math.min(i, j) * n + Math.max(i, j)];
    return { n, matrix: Float64Array.from(values, (_, k) => at(Math.floor(k / n), k % n)) };
  }),
);

it('a symmetric matrix is its eigenvectors, orthogonal and of length 1, times its eigenvalues', () => {
  fc.assert(
    fc.property(matrices, ({ n, matrix }) => {
      const { values, vectors } = symmetricEigen(matrix, n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let [entry, overlap] = [0, 0];
          for (let k = 0; k < n; k++) {
            entry += values[k] * vectors[k * n + i] * vectors[k * n + j];
            overlap += vectors[i * n + k] * vectors[j * n + k];
          }
          expect(entry).toBeCloseTo(matrix[i * n + j], 10);
          expect(overlap).toBeCloseTo(Number(i === j), 10);
        }
      }
    }),
  );
});
