/**
 * The most edges that one run of a gradient program should hold. Smaller pieces keep activations in the nearer caches,
 * larger ones spread the cost of starting some thousand operations; the best is flat around here (`npm run bench`).
 */
export const MICRO_BATCH_EDGES = 6400;

/**
 * Cuts a batch into micro-batches of consecutive examples, the same for the same arguments: as few as hold at most
 * `limit` edges each, but a multiple of the number of workers, as even as can be.
 * @param edges the number of edges of every example in the batch
 * @returns index ranges [start, end) into the batch
 */
export function microBatches(edges: ArrayLike<number>, workers: number, limit = MICRO_BATCH_EDGES): [number, number][] {
  const count = edges.length;
  let total = 0;
  for (let k = 0; k < count; k++) total += edges[k];
  const wanted = Math.ceil(Math.max(1, total / limit) / workers) * workers;
  const pieces = Math.min(count, wanted);
  return Array.from({ length: pieces }, (_, k) => [
    Math.floor((k * count) / pieces),
    Math.floor(((k + 1) * count) / pieces),
  ]);
}
