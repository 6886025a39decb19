import { type BondGraph, batchBondGraphs } from '../../src/conformers/networks/bond-graph.js';
import { applyRotation, type Matrix3, randomRotation, reflection } from '../../src/geometry/index.js';
import { createGraph } from '../../src/graphs/index.js';
import type { Rng } from '../../src/random/generator.js';
import type { Motion } from '../../src/testing/index.js';

/** Molecules in space, side by side. */
export interface PlacedMolecules {
  /** The number of atoms of each. */
  readonly sizes: readonly number[];
  readonly graph: BondGraph;
  /** [nodes · 3] */
  readonly positions: Float32Array;
}

const elements = [1, 6, 7, 8];
const bondTypes = [1, 2, 3, 12];

/** A random tree of atoms with its edges over one, two and three bonds. */
export function randomBondGraph(rng: Rng, atoms: number): BondGraph {
  const parents = Array.from({ length: atoms }, (_, k) => (k === 0 ? 0 : rng.integer(k)));
  const types = parents.map(() => bondTypes[rng.integer(bondTypes.length)]);
  const distances = treeDistances(parents);
  const edges = distances.flatMap((row, i) =>
    row.flatMap((bonds, j) => (bonds === 0 || bonds > 3 ? [] : [{ i, j, bonds }])),
  );
  const column = (of: (edge: (typeof edges)[number]) => number): Int32Array => Int32Array.from(edges, of);
  return {
    ...createGraph(
      atoms,
      column(({ i }) => i),
      column(({ j }) => j),
    ),
    atomicNumbers: Int32Array.from({ length: atoms }, () => elements[rng.integer(elements.length)]),
    edgeTypes: column(({ i, j, bonds }) => (bonds === 1 ? types[Math.max(i, j)] : 21 + bonds)),
  };
}

/** The number of bonds between any two atoms of a tree. */
function treeDistances(parents: readonly number[]): number[][] {
  const distances: number[][] = [];
  for (const [k, parent] of parents.entries()) {
    const row = Array.from({ length: k }, (_, j) => distances[parent][j] + 1);
    distances.push([...row, 0]);
    for (let j = 0; j < k; j++) distances[j].push(row[j]);
  }
  return distances;
}

/** Random trees of atoms with random positions. */
export function randomMolecules(rng: Rng, sizes: readonly number[]): PlacedMolecules {
  const graph = batchBondGraphs(sizes.map((size) => randomBondGraph(rng, size)));
  return { sizes, graph, positions: rng.fillNormal(new Float32Array(3 * graph.nodes), 0, 1.5) };
}

const moved = (move: (values: Float32Array) => Float32Array, output = move): Motion<PlacedMolecules> => ({
  input: (molecules) => ({ ...molecules, positions: move(molecules.positions) }),
  output,
});

const orthogonal = (matrix: Matrix3): Motion<PlacedMolecules> => moved((vectors) => applyRotation(matrix, vectors));

/** Turns everything about the origin. */
export const rotation = (rng: Rng): Motion<PlacedMolecules> => orthogonal(randomRotation(rng));

/** Mirrors everything in the plane y = 0. */
export const mirror: Motion<PlacedMolecules> = orthogonal(reflection(1));

/** Shifts every molecule by a vector of its own; vectors that belong to atoms stay. */
export function translation({ graph }: PlacedMolecules, rng: Rng): Motion<PlacedMolecules> {
  const shifts = rng.fillNormal(new Float64Array(3 * graph.graphs), 0, 2);
  const move = (values: Float32Array): Float32Array =>
    values.map((x, k) => x + shifts[3 * graph.graphOfNode[Math.floor(k / 3)] + (k % 3)]);
  return moved(move, (vectors) => vectors);
}

/** Reorders molecules, the atoms within each, and the edges of all. */
export function permutation({ sizes, graph }: PlacedMolecules, rng: Rng): Motion<PlacedMolecules> {
  const starts = sizes.map((_, k) => sizes.slice(0, k).reduce((a, b) => a + b, 0));
  const order = rng.shuffle(sizes.map((_, k) => k));
  const atoms = order.flatMap((k) => rng.shuffle(Array.from({ length: sizes[k] }, (_, atom) => starts[k] + atom)));
  const places = new Int32Array(atoms.length);
  for (const [place, atom] of atoms.entries()) places[atom] = place;
  const edges = rng.shuffle(Int32Array.from(graph.senders.keys()));
  const rows = (vectors: Float32Array): Float32Array =>
    Float32Array.from(atoms.flatMap((atom) => [...vectors.subarray(3 * atom, 3 * atom + 3)]));
  const newSizes = order.map((k) => sizes[k]);
  const reordered: BondGraph = {
    ...graph,
    senders: edges.map((edge) => places[graph.senders[edge]]),
    receivers: edges.map((edge) => places[graph.receivers[edge]]),
    graphOfNode: Int32Array.from(newSizes.flatMap((size, k) => new Array<number>(size).fill(k))),
    atomicNumbers: Int32Array.from(atoms, (atom) => graph.atomicNumbers[atom]),
    edgeTypes: edges.map((edge) => graph.edgeTypes[edge]),
  };
  return {
    input: ({ positions }) => ({ sizes: newSizes, graph: reordered, positions: rows(positions) }),
    output: rows,
  };
}
