import type { Feeds, Sizes } from '../../runtime/index.js';
import { ATOM_FEATURES } from '../networks/molecule-tensors.js';
import { CENTRE_NUMBERS, type MolecularGraph } from './molecular-graph.js';

/** Molecules side by side, as a running program wants them. */
export interface MoleculeBatch {
  /** All inputs of {@link moleculeInputs}. */
  readonly feeds: Feeds;
  readonly sizes: Sizes;
  /** The first atom of each molecule, and at the end the number of atoms. */
  readonly atomStart: Int32Array;
  /** The molecule of every atom. */
  readonly graphOfNode: Int32Array;
}

/** Joins molecules. @param levels the level of theory of each, as a place in `theoryLevels` */
export function batchMolecules(graphs: readonly MolecularGraph[], levels: ArrayLike<number>): MoleculeBatch {
  const total = (of: (graph: MolecularGraph) => number): number => graphs.reduce((sum, graph) => sum + of(graph), 0);
  const [nodes, edges] = [total(({ atoms }) => atoms), total(({ senders }) => senders.length)];
  const centres = total((graph) => graph.centres.length / CENTRE_NUMBERS);
  const arrays = emptyArrays(nodes, edges, centres);
  const atomStart = new Int32Array(graphs.length + 1);
  let [edge, centre] = [0, 0];
  for (const [k, graph] of graphs.entries()) {
    const node = atomStart[k];
    arrays.graphOfNode.fill(k, node, node + graph.atoms);
    arrays.atomicNumbers.set(graph.atomicNumbers, node);
    arrays.atomFeatures.set(graph.atomFeatures, ATOM_FEATURES * node);
    arrays.edgeTypes.set(graph.edgeTypes, edge);
    shift(graph.senders, arrays.senders, edge, node);
    shift(graph.receivers, arrays.receivers, edge, node);
    centre += placeCentres(graph.centres, arrays, centre, node);
    edge += graph.senders.length;
    atomStart[k + 1] = node + graph.atoms;
  }
  return {
    feeds: {
      senders: arrays.senders,
      receivers: arrays.receivers,
      graph_of_node: arrays.graphOfNode,
      graph_sizes: Int32Array.from(graphs, ({ atoms }) => atoms),
      atomic_numbers: arrays.atomicNumbers,
      atom_features: arrays.atomFeatures,
      edge_types: arrays.edgeTypes,
      level: Int32Array.from(levels),
      centre_atom: arrays.centreAtom,
      ...Object.fromEntries(arrays.around.map((values, k) => [`centre_around_${k}`, values])),
      centre_hand: arrays.hand,
    },
    sizes: { nodes, edges, graphs: graphs.length, centres },
    atomStart,
    graphOfNode: arrays.graphOfNode,
  };
}

interface Arrays {
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  readonly graphOfNode: Int32Array;
  readonly atomicNumbers: Int32Array;
  readonly atomFeatures: Float32Array;
  readonly edgeTypes: Int32Array;
  readonly centreAtom: Int32Array;
  readonly around: readonly Int32Array[];
  readonly hand: Float32Array;
}

const emptyArrays = (nodes: number, edges: number, centres: number): Arrays => ({
  senders: new Int32Array(edges),
  receivers: new Int32Array(edges),
  graphOfNode: new Int32Array(nodes),
  atomicNumbers: new Int32Array(nodes),
  atomFeatures: new Float32Array(ATOM_FEATURES * nodes),
  edgeTypes: new Int32Array(edges),
  centreAtom: new Int32Array(centres),
  around: Array.from({ length: 4 }, () => new Int32Array(centres)),
  hand: new Float32Array(centres),
});

/** Copies atom numbers, raised by `by`. */
function shift(from: Int32Array, to: Int32Array, at: number, by: number): void {
  for (let k = 0; k < from.length; k++) to[at + k] = from[k] + by;
}

/** Copies the centres of one molecule; returns how many there were. */
function placeCentres(centres: Int32Array, { centreAtom, around, hand }: Arrays, at: number, by: number): number {
  const count = centres.length / CENTRE_NUMBERS;
  for (let k = 0; k < count; k++) {
    const [atom, a, b, c, d, sign] = centres.subarray(CENTRE_NUMBERS * k, CENTRE_NUMBERS * (k + 1));
    centreAtom[at + k] = atom + by;
    for (const [corner, value] of [a, b, c, d].entries()) around[corner][at + k] = value + by;
    hand[at + k] = sign;
  }
  return count;
}
