import type { Sample } from '../networks/geometric-function.js';
import type { Quantities, Quantity } from '../networks/quantities.js';
import type { Values } from '../runtime/index.js';

/** Rows to take of the nodes and the graphs of a sample, in their new order. */
export interface Taken {
  readonly nodes: readonly number[];
  readonly graphs: readonly number[];
}

/**
 * A sample of some nodes and graphs of another one, in a new order. Of other axes it has the rows all whose nodes are
 * there; indices are renumbered.
 * @param order the order of the rows of another axis, of which there are so many; default as they were
 */
export function takeRows(
  { sizes, arrays }: Sample,
  inputs: Quantities,
  { nodes, graphs }: Taken,
  order: (length: number) => number[] = (length) => Array.from({ length }, (_, k) => k),
): Sample {
  const known = Object.entries(arrays).flatMap(([name, values]) =>
    name in inputs ? [{ name, values, quantity: inputs[name] }] : [],
  );
  const graphOfNode = sizes.flatMap((size, graph) => new Array<number>(size).fill(graph));
  const counts = countsIn(graphs, nodes, graphOfNode);
  const rows: Record<string, readonly number[]> = { nodes, graphs };
  const places = new Map([
    ['nodes', placesOf(nodes)],
    ['graphs', placesOf(graphs)],
  ]);
  for (const { values, quantity } of known) {
    if (quantity.kind !== 'index' || quantity.at in rows) continue;
    const ends = known.filter((other) => other.quantity.at === quantity.at && other.quantity.of === 'nodes');
    const isWhole = (row: number): boolean => ends.every((end) => places.get('nodes')?.has(Number(end.values[row])));
    rows[quantity.at] = order(values.length).filter(isWhole);
    places.set(quantity.at, placesOf(rows[quantity.at]));
  }
  const lengths: Record<string, number> = { nodes: graphOfNode.length, graphs: sizes.length };
  const take = (values: Values, { kind, at, of }: Quantity): Values => {
    if (kind === 'size') return Int32Array.from(counts);
    const width = at in lengths ? values.length / (lengths[at] || 1) : 1;
    const taken = takeValues(values, rows[at], width);
    const place = kind === 'index' && of !== undefined ? places.get(of) : undefined;
    return place ? Int32Array.from(Array.from(taken, Number), (row) => place.get(row) ?? 0) : taken;
  };
  return {
    sizes: counts,
    arrays: Object.fromEntries(known.map(({ name, values, quantity }) => [name, take(values, quantity)])),
  };
}

/** How many of the nodes each graph has. */
function countsIn(graphs: readonly number[], nodes: readonly number[], graphOfNode: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const node of nodes) counts.set(graphOfNode[node], (counts.get(graphOfNode[node]) ?? 0) + 1);
  return graphs.map((graph) => counts.get(graph) ?? 0);
}

/** Where every row has come to stand. */
const placesOf = (rows: readonly number[]): Map<number, number> => new Map(rows.map((row, place) => [row, place]));

/** Row k of the result is row rows[k] of the values. */
export function takeValues<V extends Values>(values: V, rows: readonly number[], width: number): V {
  const result = values.slice(0, rows.length * width);
  for (const [k, row] of rows.entries()) {
    for (let column = 0; column < width; column++) result[k * width + column] = values[row * width + column];
  }
  return result as V;
}
