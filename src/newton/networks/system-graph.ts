import { completeGraphs, createGraph, type Graph } from '../../graphs/index.js';
import { CellList } from '../system/cell-list.js';

/**
 * The graphs of systems, side by side: every body sends to every other one, or to those alone that are nearer than a
 * cutoff. With a cutoff the work grows with the number of bodies, not with its square. Edges are sorted by receiver, then
 * by sender.
 * @param sizes the number of bodies of each system
 * @param positions [bodies, 3]
 */
export function systemGraph(sizes: readonly number[], positions: Float32Array, cutoff?: number): Graph {
  if (cutoff === undefined) return completeGraphs(sizes);
  const bodies = sizes.reduce((sum, size) => sum + size, 0);
  const senders: number[] = [];
  const receivers: number[] = [];
  const graphOfNode = new Int32Array(bodies);
  let first = 0;
  for (const [system, size] of sizes.entries()) {
    graphOfNode.fill(system, first, first + size);
    const neighbours = neighboursWithin(cutoff, positions.subarray(3 * first, 3 * (first + size)));
    for (const [receiver, near] of neighbours.entries()) {
      for (const sender of near.sort((a, b) => a - b)) {
        receivers.push(first + receiver);
        senders.push(first + sender);
      }
    }
    first += size;
  }
  return createGraph(bodies, Int32Array.from(senders), Int32Array.from(receivers), graphOfNode);
}

/** The bodies that are nearer to each body than the cutoff. @param x positions of one system, [bodies, 3] */
function neighboursWithin(cutoff: number, x: Float32Array): number[][] {
  const bodies = x.length / 3;
  const cells = new CellList(bodies, cutoff);
  cells.fill(Float64Array.from(x, (_, k) => x[3 * (k % bodies) + Math.floor(k / bodies)]));
  const neighbours = Array.from({ length: bodies }, (): number[] => []);
  const candidates = new Int32Array(bodies);
  for (let i = 0; i < bodies; i++) {
    const count = cells.near(i, candidates);
    for (const j of candidates.subarray(0, count)) {
      const square =
        (x[3 * i] - x[3 * j]) ** 2 + (x[3 * i + 1] - x[3 * j + 1]) ** 2 + (x[3 * i + 2] - x[3 * j + 2]) ** 2;
      if (square >= cutoff * cutoff) continue;
      neighbours[i].push(j);
      neighbours[j].push(i);
    }
  }
  return neighbours;
}
