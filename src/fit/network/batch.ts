import { trusted } from '../../graphs/graph.js';
import { type Graph, graphFeeds, graphSizes } from '../../graphs/index.js';
import type { Feeds, Sizes } from '../../runtime/index.js';
import { inputName } from './fit-network.js';
import type { Rows, SeenGeometries } from './seen-geometries.js';

/** A batch as a program of a network takes it. */
export interface BatchInputs {
  readonly feeds: Feeds;
  readonly sizes: Sizes;
}

/** Where the rows of some geometries stand: in a set, and side by side. */
interface Places {
  /** First atom in the set, of each. */
  readonly from: Int32Array;
  readonly sizes: Int32Array;
  readonly atoms: number;
}

/** Some geometries of a set side by side. */
export function batchOf(set: SeenGeometries, chosen: Int32Array): BatchInputs {
  const places = placesOf(set, chosen);
  const graph = graphOf(set, chosen, places);
  const inputs = Object.entries(set.inputs).map(([name, rows]) => [inputName(name), rowsOf(rows, chosen, places)]);
  return {
    feeds: {
      ...graphFeeds(graph),
      species: takeAtoms(set.species, 1, places, new Int32Array(places.atoms)),
      positions: takeAtoms(set.positions, 3, places, new Float32Array(3 * places.atoms)),
      shifts: shiftsOf(set, chosen, graph.senders.length),
      ...Object.fromEntries(inputs),
    },
    sizes: graphSizes(graph),
  };
}

function placesOf({ first, sizes }: SeenGeometries, chosen: Int32Array): Places {
  const own = chosen.map((k) => sizes[k]);
  return { from: chosen.map((k) => first[k]), sizes: own, atoms: own.reduce((a, b) => a + b, 0) };
}

function takeAtoms<A extends Int32Array | Float32Array | Uint8Array>(
  all: A,
  width: number,
  { from, sizes }: Pick<Places, 'from' | 'sizes'>,
  into: A,
): A {
  let to = 0;
  from.forEach((row, k) => {
    into.set(all.subarray(width * row, width * (row + sizes[k])), to);
    to += width * sizes[k];
  });
  return into;
}

/** The numbers of some geometries, or of their atoms. */
export function rowsOf({ ofGraphs, width, data }: Rows, chosen: Int32Array, places: Places): Float32Array {
  if (!ofGraphs) return takeAtoms(data, width, places, new Float32Array(width * places.atoms));
  const ones = { from: chosen, sizes: new Int32Array(chosen.length).fill(1) };
  return takeAtoms(data, width, ones, new Float32Array(width * chosen.length));
}

function graphOf({ edges }: SeenGeometries, chosen: Int32Array, { sizes, atoms }: Places): Graph {
  const count = chosen.reduce((sum, k) => sum + edges.first[k + 1] - edges.first[k], 0);
  const [senders, receivers] = [new Int32Array(count), new Int32Array(count)];
  const graphOfNode = new Int32Array(atoms);
  let [edge, atom] = [0, 0];
  chosen.forEach((k, graph) => {
    for (let at = edges.first[k]; at < edges.first[k + 1]; at++) {
      senders[edge] = edges.senders[at] + atom;
      receivers[edge++] = edges.receivers[at] + atom;
    }
    graphOfNode.fill(graph, atom, atom + sizes[graph]);
    atom += sizes[graph];
  });
  return trusted({ nodes: atoms, graphs: chosen.length, senders, receivers, graphOfNode });
}

function shiftsOf({ edges: { first, shifts } }: SeenGeometries, chosen: Int32Array, count: number): Float32Array {
  const taken = new Float32Array(3 * count);
  if (!shifts) return taken;
  const sizes = chosen.map((k) => first[k + 1] - first[k]);
  return takeAtoms(shifts, 3, { from: chosen.map((k) => first[k]), sizes }, taken);
}

/** Numbers of some geometries' rows, each made of its geometry's number in the batch and its row in the set. */
export function eachRow(
  set: SeenGeometries,
  chosen: Int32Array,
  ofGraphs: boolean,
  value: (row: number, graph: number) => number,
): Float32Array {
  const places = placesOf(set, chosen);
  if (ofGraphs) return Float32Array.from(chosen, (k, graph) => value(k, graph));
  const numbers = new Float32Array(places.atoms);
  let to = 0;
  places.from.forEach((from, graph) => {
    for (let k = 0; k < places.sizes[graph]; k++) numbers[to++] = value(from + k, graph);
  });
  return numbers;
}

/** The numbers of a target or an input, of some geometries. */
export const valuesOf = (set: SeenGeometries, rows: Rows, chosen: Int32Array): Float32Array =>
  rowsOf(rows, chosen, placesOf(set, chosen));
