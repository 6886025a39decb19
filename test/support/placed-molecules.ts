import { type MolecularGraph, molecularGraph } from '../../src/conformers/graphs/molecular-graph.js';
import { ATOM_FEATURES } from '../../src/conformers/networks/molecule-tensors.js';
import { applyRotation, type Matrix3, randomRotation, reflection } from '../../src/geometry/index.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';
import type { Rng } from '../../src/random/generator.js';
import type { Motion } from '../../src/testing/index.js';

/** Molecules in space, side by side, as the denoiser sees them. */
export interface PlacedGraphs {
  /** The number of atoms of each. */
  readonly sizes: readonly number[];
  readonly graphs: readonly MolecularGraph[];
  /** [nodes · 3] */
  readonly positions: Float32Array;
}

/** Molecules with atoms at random places. */
export function placedGraphs(smiles: readonly string[], rng: Rng, spread = 1.5): PlacedGraphs {
  const graphs = smiles.map((text) => molecularGraph(parseSmiles(text)));
  const sizes = graphs.map(({ atoms }) => atoms);
  const nodes = sizes.reduce((a, b) => a + b, 0);
  return { sizes, graphs, positions: rng.fillNormal(new Float32Array(3 * nodes), 0, spread) };
}

const moved = (move: (values: Float32Array) => Float32Array, output = move): Motion<PlacedGraphs> => ({
  input: (molecules) => ({ ...molecules, positions: move(molecules.positions) }),
  output,
});

const orthogonal = (matrix: Matrix3): Motion<PlacedGraphs> => moved((vectors) => applyRotation(matrix, vectors));

/** Turns everything about the origin. */
export const rotation = (rng: Rng): Motion<PlacedGraphs> => orthogonal(randomRotation(rng));

/** Mirrors positions in the plane y = 0; the wanted hands stay. */
export const mirror: Motion<PlacedGraphs> = orthogonal(reflection(1));

/** Mirrors positions, and exchanges the wanted hands. */
export const wholeMirror: Motion<PlacedGraphs> = {
  input: (molecules) => ({ ...mirror.input(molecules), graphs: molecules.graphs.map(exchanged) }),
  output: mirror.output,
};

/** Every sixth number of the centres is the hand. */
const exchanged = (graph: MolecularGraph): MolecularGraph => ({
  ...graph,
  centres: graph.centres.map((value, k) => (k % 6 === 5 ? -value : value)),
});

/** Shifts every molecule by a vector of its own; the result stays where it is. */
export function translation({ sizes }: PlacedGraphs, rng: Rng): Motion<PlacedGraphs> {
  const shifts = sizes.flatMap((size) => {
    const shift = [rng.normal(), rng.normal(), rng.normal()];
    return Array.from({ length: 3 * size }, (_, k) => 2 * shift[k % 3]);
  });
  return moved(
    (values) => values.map((x, k) => x + shifts[k]),
    (vectors) => vectors,
  );
}

/** Reorders molecules, and the atoms and edges of each. */
export function permutation({ sizes, graphs }: PlacedGraphs, rng: Rng): Motion<PlacedGraphs> {
  const starts = sizes.map((_, k) => sizes.slice(0, k).reduce((a, b) => a + b, 0));
  const order = rng.shuffle(sizes.map((_, k) => k));
  const orders = order.map((k) => rng.shuffle(Array.from({ length: sizes[k] }, (_, atom) => atom)));
  const atoms = order.flatMap((k, place) => orders[place].map((atom) => starts[k] + atom));
  const rows = (vectors: Float32Array): Float32Array =>
    Float32Array.from(atoms.flatMap((atom) => [...vectors.subarray(3 * atom, 3 * atom + 3)]));
  return {
    input: ({ positions }) => ({
      sizes: order.map((k) => sizes[k]),
      graphs: order.map((k, place) => reordered(graphs[k], orders[place], rng)),
      positions: rows(positions),
    }),
    output: rows,
  };
}

/** @param order the atom that comes to each place */
function reordered(graph: MolecularGraph, order: readonly number[], rng: Rng): MolecularGraph {
  const places = new Int32Array(order.length);
  for (const [place, atom] of order.entries()) places[atom] = place;
  const edges = rng.shuffle(Int32Array.from(graph.senders.keys()));
  const features = (atom: number): number[] => [
    ...graph.atomFeatures.subarray(ATOM_FEATURES * atom, ATOM_FEATURES * (atom + 1)),
  ];
  return {
    atoms: graph.atoms,
    atomicNumbers: Int32Array.from(order, (atom) => graph.atomicNumbers[atom]),
    atomFeatures: Float32Array.from(order.flatMap(features)),
    senders: edges.map((edge) => places[graph.senders[edge]]),
    receivers: edges.map((edge) => places[graph.receivers[edge]]),
    edgeTypes: edges.map((edge) => graph.edgeTypes[edge]),
    centres: graph.centres.map((value, k) => (k % 6 === 5 ? value : places[value])),
  };
}
