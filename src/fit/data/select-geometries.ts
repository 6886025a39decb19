import { geometryAt } from './geometry.js';
import { GeometrySetBuilder, startsOf } from './geometry-builder.js';
import { type GeometrySet, geometryCount, type NumberColumn } from './geometry-set.js';

/**
 * Some geometries of a set, in the order of the indices; species keep their numbers, columns their names.
 * @throws RangeError for an index that the set does not have
 */
export function selectGeometries(set: GeometrySet, indices: ArrayLike<number>): GeometrySet {
  const chosen = Int32Array.from(indices);
  const bad = chosen.find((index) => !(index >= 0 && index < geometryCount(set)));
  if (bad !== undefined) throw new RangeError(`there is no geometry ${bad} of ${geometryCount(set)}`);
  const sizes = chosen.map((index) => set.sizes[index]);
  const atoms = rowsOfAtoms(set, chosen, sizes);
  const columns = (all: GeometrySet['ofNodes'], rows: Int32Array): Record<string, NumberColumn> =>
    Object.fromEntries(
      Object.entries(all).map(([name, { width, data }]) => [
        name,
        { width, data: gather(data, width, rows, doubles(width, rows)) },
      ]),
    );
  const ofChosen = <T>(list: readonly T[]): T[] => Array.from(chosen, (index) => list[index]);
  return {
    ...set,
    species: gather(set.species, 1, atoms, new Int32Array(atoms.length)),
    sizes,
    first: startsOf(sizes),
    positions: gather(set.positions, 3, atoms, doubles(3, atoms)),
    ...(set.cells && { cells: gather(set.cells, 9, chosen, doubles(9, chosen)) }),
    ...(set.periodic && { periodic: gather(set.periodic, 3, chosen, new Uint8Array(3 * chosen.length)) }),
    ofNodes: columns(set.ofNodes, atoms),
    ofGraphs: columns(set.ofGraphs, chosen),
    texts: Object.fromEntries(Object.entries(set.texts).map(([name, list]) => [name, ofChosen(list)])),
    sources: ofChosen(set.sources),
  };
}

/**
 * Several sets as one, in their order: all species and all columns, NaN where a set lacks one.
 * @throws UserError where sets name different units for the same column
 */
export function joinGeometries(sets: readonly GeometrySet[]): GeometrySet {
  const builder = new GeometrySetBuilder();
  for (const set of sets) for (let k = 0; k < geometryCount(set); k++) builder.add(geometryAt(set, k));
  const joined = builder.build();
  const reasons = (of: 'ofNodes' | 'ofGraphs'): Record<string, string> =>
    Object.assign({}, ...[...sets, joined].map(({ setAside }) => setAside[of]));
  const setAside = { ofNodes: reasons('ofNodes'), ofGraphs: reasons('ofGraphs') };
  // What one set could not hold is set aside in all.
  const kept = (of: 'ofNodes' | 'ofGraphs'): Record<string, NumberColumn> =>
    Object.fromEntries(Object.entries(joined[of]).filter(([name]) => setAside[of][name] === undefined));
  return { ...joined, ofNodes: kept('ofNodes'), ofGraphs: kept('ofGraphs'), setAside };
}

const doubles = (width: number, rows: Int32Array): Float64Array => new Float64Array(width * rows.length);

function rowsOfAtoms({ first }: GeometrySet, chosen: Int32Array, sizes: Int32Array): Int32Array {
  const rows = new Int32Array(sizes.reduce((sum, size) => sum + size, 0));
  let to = 0;
  chosen.forEach((index, k) => {
    for (let atom = 0; atom < sizes[k]; atom++) rows[to++] = first[index] + atom;
  });
  return rows;
}

/** Rows of an array [_, width], into one of that length. */
function gather<A extends Float64Array | Int32Array | Uint8Array>(
  data: A,
  width: number,
  rows: Int32Array,
  into: A,
): A {
  rows.forEach((row, k) => {
    for (let i = 0; i < width; i++) into[k * width + i] = data[row * width + i];
  });
  return into;
}
