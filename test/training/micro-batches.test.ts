import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microBatches } from '../../src/training/micro-batches.js';

const edgeCounts = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
const workers = fc.integer({ min: 1, max: 5 });
const limit = fc.integer({ min: 1, max: 2000 });
const sum = (edges: readonly number[], [start, end]: readonly [number, number]): number =>
  edges.slice(start, end).reduce((a, b) => a + b, 0);

describe('micro-batches', () => {
  it('hold every example exactly once, in order', () => {
    fc.assert(
      fc.property(edgeCounts, workers, limit, (edges, count, most) => {
        const covered = microBatches(edges, count, most).flatMap(([start, end]) =>
          Array.from({ length: end - start }, (_, k) => start + k),
        );
        expect(covered).toEqual([...edges.keys()]);
      }),
    );
  });

  it('stay below the limit, but for single examples that are above it', () => {
    fc.assert(
      fc.property(edgeCounts, workers, limit, (edges, count, most) => {
        for (const range of microBatches(edges, count, most))
          expect(range[1] - range[0] === 1 || sum(edges, range) <= most).toBe(true);
      }),
    );
  });

  it('come in multiples of the workers where there are examples enough, and differ by one example at most', () => {
    fc.assert(
      fc.property(edgeCounts, workers, limit, (edges, count, most) => {
        const ranges = microBatches(edges, count, most);
        expect(ranges.length % count === 0 || ranges.length === edges.length).toBe(true);
        const lengths = ranges.map(([start, end]) => end - start);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        expect(Math.min(...lengths)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('are as few as can be', () => {
    expect(microBatches(new Array<number>(128).fill(20), 1)).toHaveLength(1);
    expect(microBatches(new Array<number>(128).fill(20), 2)).toEqual([
      [0, 64],
      [64, 128],
    ]);
    expect(microBatches(new Array<number>(128).fill(380), 2)).toHaveLength(8);
    expect(microBatches([10, 10, 10], 1, 15)).toHaveLength(3);
    expect(microBatches([7], 4)).toEqual([[0, 1]]);
  });
});
