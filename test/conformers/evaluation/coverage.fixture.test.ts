import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  average,
  coverageScores,
  nearestConformers,
  summarizeCoverage,
} from '../../../src/conformers/evaluation/coverage.js';
import { bestRmsdCases } from '../../support/best-rmsd-fixture.js';

describe('coverage', () => {
  it.each(bestRmsdCases().map((entry) => [entry.smiles, entry] as const))('of %s is as in the fixture', (_, entry) => {
    const rows = entry.heavy_atom_best_rmsd;
    const nearest = nearestConformers(Float64Array.from(rows.flat()), [rows.length, rows[0].length]);
    const { recall, precision } = coverageScores(nearest, [entry.threshold]);
    expect([recall.cov[0], precision.cov[0]]).toEqual([entry.cov_recall, entry.cov_precision]);
    expect(recall.amr).toBeCloseTo(entry.mat_recall, 12);
    expect(precision.amr).toBeCloseTo(entry.mat_precision, 12);
  });

  it('of a matrix made by hand', () => {
    const nearest = nearestConformers(Float64Array.of(0.1, 0.6, 0.9, 1.2, 0.5, 2), [2, 3]);
    expect(Array.from(nearest.ofReferences)).toEqual([0.1, 0.5]);
    expect(Array.from(nearest.ofGenerated)).toEqual([0.1, 0.5, 0.9]);
    expect(Array.from(nearest.bestGenerated)).toEqual([0, 1]);
    const { recall, precision } = coverageScores(nearest, [0.05, 0.1, 0.5, 1]);
    expect(recall.cov).toEqual([0, 0.5, 1, 1]);
    expect(precision.cov).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(recall.amr).toBeCloseTo(0.3, 12);
    expect(precision.amr).toBeCloseTo(0.5, 12);
  });

  it('counts a wrong isomer for nothing, but its distance', () => {
    const rmsds = Float64Array.of(0.1, 0.6, 0.2, 0.4);
    const nearest = nearestConformers(rmsds, [2, 2], Uint8Array.of(1, 0));
    const { recall, precision } = coverageScores(nearest, [0.5]);
    expect(Array.from(nearest.bestGenerated)).toEqual([1, 1]);
    expect(recall).toEqual({ cov: [0.5], amr: 0.5 });
    expect(precision).toEqual({ cov: [0.5], amr: 0.25 });
  });

  it('never falls as the threshold grows, and swaps with the sets', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([n, m]) =>
      fc.record({
        size: fc.constant([n, m] as const),
        values: fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: n * m, maxLength: n * m }),
      }),
    );
    fc.assert(
      fc.property(matrix, ({ size: [n, m], values }) => {
        const deltas = [0, 0.5, 1, 2, 3];
        const scores = coverageScores(nearestConformers(Float64Array.from(values), [n, m]), deltas);
        const turned = Float64Array.from({ length: n * m }, (_, k) => values[(k % n) * m + Math.floor(k / n)]);
        const swapped = coverageScores(nearestConformers(turned, [m, n]), deltas);
        expect(swapped.recall.cov).toEqual(scores.precision.cov);
        expect(swapped.precision.amr).toBeCloseTo(scores.recall.amr, 12);
        for (const { cov } of [scores.recall, scores.precision]) {
          expect(cov).toEqual([...cov].sort((a, b) => a - b));
          expect(cov[4]).toBe(1);
        }
      }),
    );
  });

  it('is averaged over molecules, each counting the same', () => {
    const scores = [[0.2], [0.4, 0.6], [1.2, 0.9, 0.9]].map((row) =>
      coverageScores(nearestConformers(Float64Array.from(row), [1, row.length]), [0.5]),
    );
    const { recall, precision } = summarizeCoverage(scores, [0.5]);
    expect(recall.cov).toEqual([{ mean: 2 / 3, median: 1 }]);
    expect(recall.amr.mean).toBeCloseTo(0.5, 12);
    expect(recall.amr.median).toBe(0.4);
    expect(precision.cov).toEqual([{ mean: 0.5, median: 0.5 }]);
    expect(precision.amr.median).toBe(0.5);
  });

  it('of no molecules is no number', () => {
    expect(average([])).toEqual({ mean: Number.NaN, median: Number.NaN });
    expect(average([1, 4, 2, 3])).toEqual({ mean: 2.5, median: 2.5 });
  });

  it('refuses what is no matrix of distances', () => {
    expect(() => nearestConformers(new Float64Array(5), [2, 3])).toThrow(/5 distances are no matrix of 2/);
    expect(() => nearestConformers(new Float64Array(0), [0, 3])).toThrow(RangeError);
    expect(() => nearestConformers(Float64Array.of(0, 1, Number.NaN), [1, 3])).toThrow(
      'reference 0 and generated conformer 2 is NaN',
    );
    expect(() => nearestConformers(Float64Array.of(0, -1), [2, 1])).toThrow('reference 1');
    expect(() => nearestConformers(Float64Array.of(1), [1, 1], Uint8Array.of(1))).toThrow('wrong isomer');
    expect(() => nearestConformers(Float64Array.of(1), [1, 1], Uint8Array.of(0, 1))).toThrow('2 marks');
  });
});
