import { UserError } from '../../common/errors.js';
import { batchGraphs, type Graph, type GraphTensors, graphFeeds, graphInputs } from '../../graphs/index.js';
import type { Feeds } from '../../runtime/index.js';
import { input, type Tensor } from '../../tensor/index.js';

/** Molecules side by side, atoms and what joins them: bonds, and pairs of atoms two and three bonds apart. */
export interface BondGraph extends Graph {
  /** Atomic numbers, [nodes]. */
  readonly atomicNumbers: Int32Array;
  /** RDKit's code of the bond, or 22 + order − 1 for atoms `order` bonds apart, [edges]. */
  readonly edgeTypes: Int32Array;
}

/** Elements and kinds of edge that published networks have room for, counted from 0. */
export const KINDS = 100;

/** Bond graphs as inputs of a program. */
export interface BondGraphTensors {
  readonly graph: GraphTensors;
  /** int32 [nodes] */
  readonly atomicNumbers: Tensor;
  /** What joins the two ends of each edge, int32 [edges]. */
  readonly edgeTypes: Tensor;
}

/** Declares bond graphs as inputs of a program, with the named axes `nodes`, `edges` and `graphs`. */
export const bondGraphInputs = (): BondGraphTensors => ({
  graph: graphInputs(),
  atomicNumbers: input('atomic_numbers', ['nodes'], 'int32'),
  edgeTypes: input('edge_types', ['edges'], 'int32'),
});

/**
 * Bond graphs as a running program wants them.
 * @throws UserError for lists that do not fit the graph, and elements and kinds of edge that networks have no room for
 */
export function bondGraphFeeds(graph: BondGraph): Feeds {
  const { atomicNumbers, edgeTypes, nodes, senders } = graph;
  requireKinds(atomicNumbers, 'atomic number', 'atom', nodes);
  requireKinds(edgeTypes, 'type', 'edge', senders.length);
  return { ...graphFeeds(graph), atomic_numbers: atomicNumbers, edge_types: edgeTypes };
}

function requireKinds(kinds: Int32Array, what: string, of: string, count: number): void {
  if (kinds.length !== count) throw new UserError(`${kinds.length} ${what}s given for ${count} ${of}s`);
  const at = kinds.findIndex((kind) => kind < 0 || kind >= KINDS);
  if (at >= 0) throw new UserError(`${of} ${at} has ${what} ${kinds[at]}, expected 0 to ${KINDS - 1}`);
}

/** Bond graphs side by side as one, in this order. */
export const batchBondGraphs = (graphs: readonly BondGraph[]): BondGraph => ({
  ...batchGraphs(graphs),
  atomicNumbers: Int32Array.from(graphs.flatMap(({ atomicNumbers }) => [...atomicNumbers])),
  edgeTypes: Int32Array.from(graphs.flatMap(({ edgeTypes }) => [...edgeTypes])),
});
