import type { ExampleSizes, Share } from './gradient-protocol.js';

/**
 * The most edges that one run of a gradient program should hold. Smaller pieces keep activations in the nearer caches,
 * larger ones spread the cost of starting some thousand operations; the best is flat around here (`npm run bench`).
 */
export const MICRO_BATCH_EDGES = 6400;

/**
 * Cuts a batch into micro-batches of consecutive examples, the same for the same arguments: as few as hold at most
 * `limit` edges each (or one example that alone has more), but a multiple of the number of workers where there are
 * examples enough, as even as can be.
 * @param edges the number of edges of every example in the batch
 * @returns index ranges [start, end) into the batch
 */
export function microBatches(edges: ArrayLike<number>, workers: number, limit = MICRO_BATCH_EDGES): Range[] {
  const count = edges.length;
  let total = 0;
  for (let k = 0; k < count; k++) total += edges[k];
  const isSmall = ([start, end]: Range): boolean => {
    let sum = 0;
    for (let k = start; k < end; k++) sum += edges[k];
    return sum <= limit || end - start === 1;
  };
  let pieces = Math.ceil(Math.max(1, total / limit) / workers) * workers;
  while (pieces < count && !evenRanges(count, pieces).every(isSmall)) pieces += workers;
  return evenRanges(count, Math.min(count, pieces));
}

type Range = [start: number, end: number];

const evenRanges = (count: number, pieces: number): Range[] =>
  Array.from({ length: pieces }, (_, k) => [Math.floor((k * count) / pieces), Math.floor(((k + 1) * count) / pieces)]);

/** The sizes of the examples of all sets. */
export const measureSets = <Set>(
  sets: Readonly<Record<string, Set>>,
  measure: (set: Set) => ExampleSizes,
): Readonly<Record<string, ExampleSizes>> =>
  Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, measure(set)]));

/** The sizes of a set's examples. @throws Error if there is no such set */
export function sizesOf(sets: Readonly<Record<string, ExampleSizes>>, set: string): ExampleSizes {
  const sizes = sets[set];
  if (!sizes) throw new Error(`there is no set of examples named ${set}`);
  return sizes;
}

/** The numbers of all examples of a set. */
export const allOf = ({ edges }: ExampleSizes): Int32Array => Int32Array.from(edges.keys());

/** A batch cut into micro-batches, and what the sum over them is to be multiplied by to give the mean. */
export function cutBatch(
  { edges, terms }: ExampleSizes,
  examples: Int32Array,
  workers: number,
  limit?: number,
): Pick<Share, 'pieces' | 'scale'> {
  const ranges = microBatches(
    examples.map((example) => edges[example]),
    workers,
    limit,
  );
  return {
    pieces: ranges.map(([start, end]) => examples.slice(start, end)),
    scale: 1 / examples.reduce((total, example) => total + terms[example], 0),
  };
}
