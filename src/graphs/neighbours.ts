import { CellList } from './cell-list.js';
import { type Graph, trusted } from './graph.js';
import { GrowingInts } from './growing.js';
import { component, type Images, imagesWithin, type Lattice, latticeOf } from './lattice.js';

/** Who is a neighbour. */
export interface NeighbourOptions {
  /** Atoms that are nearer than this, in the unit of the positions. */
  readonly cutoff: number;
  /** The cell that repeats: its vectors a, b and c, row by row, [9]. Vectors along which it does not repeat play no part. */
  readonly cell?: ArrayLike<number>;
  /** Along which of a, b and c the cell repeats, [3]; where there is a cell, all unless told otherwise. */
  readonly periodic?: ArrayLike<boolean | number>;
}

/** Edges between neighbours, sorted by receiver, then by sender, then by the number of cells a, b, c between them. */
export interface Neighbours {
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  /** What is added to the sender's position, [edges, 3]; only where there is a cell. */
  readonly shifts?: Float32Array;
}

const NOWHERE = [false, false, false];
const EVERYWHERE = [true, true, true];
const NO_CELL = new Float64Array(9);

/** More edges than this are the mark of a wrong unit, and more than memory should go to. */
const MOST_EDGES = 2 ** 28;

/** Cubes are wider than the cutoff by more than rounding. */
const MARGIN = 1 + 1e-9;

/**
 * All pairs of atoms that are nearer than a cutoff, both ways. In a cell that repeats, an atom sees every image that is
 * near enough: several of one neighbour, and its own, where the cutoff is larger than the cell. The cell may have any
 * shape, and atoms may lie outside of it. The work grows with the number of edges, wherever the atoms are.
 * @param positions [atoms, 3]
 * @throws RangeError for positions that are not finite, a cutoff that is not above 0, a cell without volume, or more
 *   edges than memory holds
 */
export function neighbours(
  positions: Float64Array | Float32Array,
  { cutoff, cell, periodic = cell ? EVERYWHERE : NOWHERE }: NeighbourOptions,
): Neighbours {
  requireCutoff(cutoff);
  if (!cell && Array.from(periodic).some(Boolean)) throw new RangeError('what is periodic needs a cell');
  requirePositions(positions);
  const lattice = latticeOf(cell ?? NO_CELL, periodic);
  const images = imagesWithin(positions, lattice, cutoff * MARGIN);
  const { points, receivers } = seenPoints(images, lattice, cutoff);
  const senders = points.map((point) => images.atoms[point]);
  return cell ? { senders, receivers, shifts: shiftsOf(points, receivers, images, lattice) } : { senders, receivers };
}

function requireCutoff(cutoff: number): void {
  if (!(cutoff > 0 && cutoff < Infinity)) throw new RangeError(`the cutoff must be a number above 0, not ${cutoff}`);
}

function requirePositions(positions: Float64Array | Float32Array): void {
  if (positions.length % 3 !== 0) throw new RangeError(`${positions.length} coordinates are not three an atom`);
  const bad = positions.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw new RangeError(`${'xyz'[bad % 3]} of atom ${Math.floor(bad / 3)} is ${positions[bad]}`);
}

/** Points that an atom sees, and that atom: by atom, then by point, both ascending. */
interface Sights {
  readonly points: Int32Array;
  readonly receivers: Int32Array;
}

/** All points that are nearer to an atom than the cutoff, cube by cube: atoms in the same one see the same cubes. */
function seenPoints(images: Images, lattice: Lattice, cutoff: number): Sights {
  const { atoms, own } = images;
  const away = wayFromAtom(images, lattice);
  const list = new CellList(atoms.length, cutoff * MARGIN);
  list.fill(columns(images, away));
  const near = new Int32Array(atoms.length);
  const seen = new GrowingInts(16 * own.length);
  const [starts, counts] = [new Int32Array(own.length).fill(-1), new Int32Array(own.length)];
  for (let atom = 0; atom < own.length; atom++) {
    if (starts[atom] >= 0) continue;
    const candidates = near.subarray(0, list.around(own[atom], near));
    const besides = candidates.findIndex((point) => !list.together(point, own[atom]));
    const inCube = candidates.slice(0, besides < 0 ? candidates.length : besides);
    const lookFrom = surroundings(candidates.sort(), images, away, cutoff);
    for (const point of inCube) {
      const i = atoms[point];
      if (own[i] !== point) continue;
      starts[i] = seen.length;
      lookFrom(i, seen);
      counts[i] = seen.length - starts[i];
    }
    if (seen.length > MOST_EDGES)
      throw new RangeError(`more than ${MOST_EDGES} pairs of ${own.length} atoms lie within ${cutoff}: too many`);
  }
  return atomByAtom(seen.values, starts, counts);
}

/** Where each point is, less where its atom is in the cell, [points, 3]. */
function wayFromAtom({ cells }: Images, { vectors }: Lattice): Float64Array {
  const away = new Float64Array(cells.length);
  for (let at = 0; at < away.length; at += 3) {
    for (let k = 0; k < 3; k++) away[at + k] = component(vectors, cells[at], cells[at + 1], cells[at + 2], k);
  }
  return away;
}

/** What adds those of some points that are nearer to an atom than the cutoff to a list. */
function surroundings(
  points: Int32Array,
  { atoms, own, inside }: Images,
  away: Float64Array,
  cutoff: number,
): (atom: number, seen: GrowingInts) => void {
  // Next to each other in memory: every atom of a cube reads all of them.
  const at = new Float64Array(6 * points.length);
  for (let k = 0; k < points.length; k++) {
    for (let axis = 0; axis < 3; axis++) {
      at[6 * k + axis] = inside[3 * atoms[points[k]] + axis];
      at[6 * k + 3 + axis] = away[3 * points[k] + axis];
    }
  }
  const found = new Int32Array(points.length);
  return (atom, seen) => {
    const [x, y, z] = [inside[3 * atom], inside[3 * atom + 1], inside[3 * atom + 2]];
    let count = 0;
    for (let k = 0; k < points.length; k++) {
      // Differences of atoms first: seen from the other side, every digit is the same.
      const dx = at[6 * k] - x + at[6 * k + 3];
      const dy = at[6 * k + 1] - y + at[6 * k + 4];
      const dz = at[6 * k + 2] - z + at[6 * k + 5];
      if (dx * dx + dy * dy + dz * dz < cutoff * cutoff && points[k] !== own[atom]) found[count++] = points[k];
    }
    seen.append(found.subarray(0, count));
  };
}

/** Rows of a list one atom after the other. */
function atomByAtom(seen: Int32Array, starts: Int32Array, counts: Int32Array): Sights {
  const [points, receivers] = [new Int32Array(seen.length), new Int32Array(seen.length)];
  let edge = 0;
  for (let atom = 0; atom < starts.length; atom++) {
    const end = edge + counts[atom];
    points.set(seen.subarray(starts[atom], starts[atom] + counts[atom]), edge);
    receivers.fill(atom, edge, end);
    edge = end;
  }
  return { points, receivers };
}

/** Positions of all points, [3, points]. */
function columns({ atoms, inside }: Images, away: Float64Array): Float64Array {
  const n = atoms.length;
  const x = new Float64Array(3 * n);
  for (let point = 0; point < n; point++) {
    for (let k = 0; k < 3; k++) x[k * n + point] = inside[3 * atoms[point] + k] + away[3 * point + k];
  }
  return x;
}

function shiftsOf(
  points: Int32Array,
  receivers: Int32Array,
  { atoms, cells, outside }: Images,
  { vectors }: Lattice,
): Float32Array {
  const shifts = new Float32Array(3 * points.length);
  for (let edge = 0; edge < points.length; edge++) {
    const [point, i, j] = [3 * points[edge], 3 * receivers[edge], 3 * atoms[points[edge]]];
    const a = cells[point] - outside[j] + outside[i];
    const b = cells[point + 1] - outside[j + 1] + outside[i + 1];
    const c = cells[point + 2] - outside[j + 2] + outside[i + 2];
    for (let k = 0; k < 3; k++) shifts[3 * edge + k] = component(vectors, a, b, c, k);
  }
  return shifts;
}

/** Who is a neighbour in several geometries. */
export interface NeighbourGraphOptions {
  /** Atoms that are nearer than this, in the unit of the positions. */
  readonly cutoff: number;
  /** The cell of each geometry, [geometries, 9], as of {@link NeighbourOptions}. */
  readonly cells?: ArrayLike<number>;
  /** Along which of its vectors each cell repeats, [geometries, 3]; where there are cells, all unless told otherwise. */
  readonly periodic?: ArrayLike<boolean | number>;
}

/** Geometries side by side: a graph whose edges join neighbours. */
export interface NeighbourGraph extends Graph {
  /** What is added to the sender's position, [edges, 3]; only where there are cells. */
  readonly shifts?: Float32Array;
}

/**
 * The {@link neighbours} of several geometries, side by side as one graph.
 * @param sizes the number of atoms of each geometry
 * @param positions [atoms of all, 3]
 * @throws RangeError as {@link neighbours}, naming the geometry
 */
export function neighbourGraph(
  sizes: ArrayLike<number>,
  positions: Float64Array | Float32Array,
  { cutoff, cells, periodic }: NeighbourGraphOptions,
): NeighbourGraph {
  requireCutoff(cutoff);
  const graphOfNode = graphsOfNodes(sizes, positions.length / 3);
  const parts: Neighbours[] = [];
  let first = 0;
  for (let graph = 0; graph < sizes.length; graph++) {
    const rows = positions.subarray(3 * first, 3 * (first + sizes[graph]));
    const cell = cells && part(cells, graph, 9);
    const where = periodic && part(periodic, graph, 3);
    parts.push(named(graph, () => neighbours(rows, { cutoff, cell, periodic: where })));
    first += sizes[graph];
  }
  return trusted({ nodes: graphOfNode.length, graphs: sizes.length, ...joined(parts, sizes), graphOfNode });
}

const part = <T>(values: ArrayLike<T>, graph: number, width: number): T[] =>
  Array.from(
    { length: Math.min(width, Math.max(0, values.length - width * graph)) },
    (_, k) => values[width * graph + k],
  );

function graphsOfNodes(sizes: ArrayLike<number>, atoms: number): Int32Array {
  const graphOfNode = new Int32Array(Math.ceil(atoms));
  let first = 0;
  for (let graph = 0; graph < sizes.length; graph++) {
    const size = sizes[graph];
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`geometry ${graph} has ${size} atoms, expected a positive integer`);
    graphOfNode.fill(graph, first, first + size);
    first += size;
  }
  if (first !== atoms) throw new RangeError(`the geometries have ${first} atoms, but there are positions of ${atoms}`);
  return graphOfNode;
}

function named<T>(graph: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`geometry ${graph}: ${error.message}`, { cause: error });
  }
}

/** Edges one geometry after the other, nodes numbered through. */
function joined(parts: readonly Neighbours[], sizes: ArrayLike<number>): Neighbours {
  const edges = parts.reduce((sum, { senders }) => sum + senders.length, 0);
  const [senders, receivers] = [new Int32Array(edges), new Int32Array(edges)];
  const shifts = parts.some((each) => each.shifts) ? new Float32Array(3 * edges) : undefined;
  let [node, edge] = [0, 0];
  for (const [graph, each] of parts.entries()) {
    for (let k = 0; k < each.senders.length; k++) {
      senders[edge + k] = node + each.senders[k];
      receivers[edge + k] = node + each.receivers[k];
    }
    if (each.shifts) shifts?.set(each.shifts, 3 * edge);
    edge += each.senders.length;
    node += sizes[graph];
  }
  return shifts ? { senders, receivers, shifts } : { senders, receivers };
}
