import { trusted } from '../../graphs/graph.js';
import { graphFeeds, graphSizes } from '../../graphs/index.js';
import type { BatchInputs } from './batch.js';
import { inputName } from './fit-network.js';
import type { Rows, SeenGeometries } from './seen-geometries.js';

/** A part of a geometry: atoms whose numbers are wanted, and all that these depend on. */
export interface Region {
  /** Atoms by their numbers in the geometry, those that are wanted first. */
  readonly atoms: Int32Array;
  /** How many are wanted. */
  readonly core: number;
  /** Edges to atoms that are near enough to matter, by their numbers in the set. */
  readonly edges: Int32Array;
}

/** One geometry, as edges to each of its atoms. */
class Neighbourhoods {
  readonly size: number;
  readonly #senders: Int32Array;
  readonly #offset: number;
  /** The first edge to each atom, and behind them the end. */
  readonly #starts: Int32Array;

  constructor({ sizes, edges }: SeenGeometries, geometry: number) {
    const [from, to] = [edges.first[geometry], edges.first[geometry + 1]];
    const receivers = edges.receivers.subarray(from, to);
    this.size = sizes[geometry];
    this.#senders = edges.senders.subarray(from, to);
    this.#offset = from;
    this.#starts = new Int32Array(this.size + 1);
    for (const atom of receivers) this.#starts[atom + 1] += 1;
    for (let atom = 0; atom < this.size; atom++) this.#starts[atom + 1] += this.#starts[atom];
  }

  /** What some atoms depend on in so many rounds of messages; undefined where that is more than so many edges. */
  region(core: Int32Array, rounds: number, maxEdges: number): Region | undefined {
    const isIn = new Uint8Array(this.size);
    const atoms = Array.from(core);
    for (const atom of core) isIn[atom] = 1;
    const edges: number[] = [];
    let reached = 0;
    for (let round = 0; round < rounds; round++) {
      const end = atoms.length;
      for (; reached < end; reached++) {
        for (let k = this.#starts[atoms[reached]]; k < this.#starts[atoms[reached] + 1]; k++) {
          const sender = this.#senders[k];
          edges.push(this.#offset + k);
          if (isIn[sender]) continue;
          isIn[sender] = 1;
          atoms.push(sender);
        }
      }
      if (edges.length > maxEdges) return undefined;
    }
    return { atoms: Int32Array.from(atoms), core: core.length, edges: Int32Array.from(edges) };
  }
}

/**
 * Cuts a geometry into regions: each atom is wanted in one, and each region has at most so many edges, or one atom.
 * Nothing is cut off: the numbers of atoms that are wanted are those that they have in the whole geometry.
 *
 * @param rounds of messages that a network passes
 */
export function* regionsOf(
  seen: SeenGeometries,
  geometry: number,
  { rounds, maxEdges }: { readonly rounds: number; readonly maxEdges: number },
): Generator<Region> {
  const whole = new Neighbourhoods(seen, geometry);
  const places = seen.positions.subarray(3 * seen.first[geometry], 3 * (seen.first[geometry] + whole.size));
  const open = [Int32Array.from({ length: whole.size }, (_, k) => k)];
  for (let core = open.pop(); core; core = open.pop()) {
    const region = whole.region(core, rounds, core.length === 1 ? Infinity : maxEdges);
    if (region) yield region;
    else open.push(...halves(core, places));
  }
}

/** Atoms on both sides of the middle of the longest axis. */
function halves(atoms: Int32Array, places: Float32Array): Int32Array<ArrayBuffer>[] {
  const extents = [0, 1, 2].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (const atom of atoms) {
      low = Math.min(low, places[3 * atom + axis]);
      high = Math.max(high, places[3 * atom + axis]);
    }
    return high - low;
  });
  const axis = extents.indexOf(Math.max(...extents));
  const sorted = Int32Array.from(atoms).sort((a, b) => places[3 * a + axis] - places[3 * b + axis] || a - b);
  return [sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1)];
}

/** The name of the input that says which atoms are wanted. */
export const WANTED = 'wanted';

/** A region as a program takes it, with 1 for the atoms that are wanted, and 0 for the others. */
export function regionInputs(seen: SeenGeometries, geometry: number, { atoms, core, edges }: Region): BatchInputs {
  const first = seen.first[geometry];
  const rows = atoms.map((atom) => first + atom);
  const places = new Int32Array(seen.sizes[geometry]);
  atoms.forEach((atom, k) => {
    places[atom] = k;
  });
  const ends = (all: Int32Array): Int32Array => edges.map((edge) => places[all[edge]]);
  const graph = trusted({
    nodes: atoms.length,
    graphs: 1,
    senders: ends(seen.edges.senders),
    receivers: ends(seen.edges.receivers),
    graphOfNode: new Int32Array(atoms.length),
  });
  const { shifts } = seen.edges;
  const inputs = Object.entries(seen.inputs).map(([name, { ofGraphs, width, data }]: [string, Rows]) => [
    inputName(name),
    take(data, width, ofGraphs ? Int32Array.of(geometry) : rows),
  ]);
  return {
    feeds: {
      ...graphFeeds(graph),
      species: rows.map((row) => seen.species[row]),
      positions: take(seen.positions, 3, rows),
      shifts: shifts ? take(shifts, 3, edges) : new Float32Array(3 * edges.length),
      ...Object.fromEntries(inputs),
      [WANTED]: Float32Array.from(atoms, (_, k) => (k < core ? 1 : 0)),
    },
    sizes: graphSizes(graph),
  };
}

function take(data: Float32Array, width: number, rows: Int32Array): Float32Array {
  const taken = new Float32Array(width * rows.length);
  rows.forEach((row, k) => {
    for (let i = 0; i < width; i++) taken[k * width + i] = data[row * width + i];
  });
  return taken;
}
