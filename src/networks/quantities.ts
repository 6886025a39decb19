/** What an array of numbers in space is: what a motion does to it, what its rows belong to, and what it says. */
export interface Quantity {
  /**
   * - `position`, `vector`, `pseudo-vector`: rows of x, y, z; positions shift, the others only turn, and a
   * pseudo-vector
   *   also turns around in a mirror;
   * - `scalar`, `pseudo-scalar`: numbers that nothing moves, but that a mirror changes the sign of pseudo-scalars;
   * - `tensor`: rows of 3^order numbers, each index of which turns as a vector does; of order 2 and symmetric, rows of the
   *   six numbers xx xy xz yy yz zz;
   * - `label`: numbers that say what a row is, which nothing moves;
   * - `index`: numbers of rows of another axis;
   * - `size`: the number of nodes of each graph.
   */
  readonly kind:
    | 'position'
    | 'vector'
    | 'pseudo-vector'
    | 'scalar'
    | 'pseudo-scalar'
    | 'tensor'
    | 'label'
    | 'index'
    | 'size';
  /** Of a tensor. */
  readonly order?: number;
  /** Of a tensor of order 2: whether its rows are the six numbers of a symmetric one. */
  readonly symmetric?: boolean;
  /** The axis of its rows: `nodes`, `edges`, `graphs`, or one of a program's own. */
  readonly at: string;
  /** Of an index: the axis whose rows it numbers. */
  readonly of?: string;
  /** What it says, in words. */
  readonly meaning?: string;
  readonly unit?: string;
}

/** How many numbers a row of a quantity has. */
export function widthOf({
  kind,
  order = 2,
  symmetric = false,
}: Pick<Quantity, 'kind' | 'order' | 'symmetric'>): number {
  if (kind === 'tensor') return symmetric ? 6 : 3 ** order;
  return /position|vector/.test(kind) ? 3 : 1;
}

/** Quantities by the names of their arrays. */
export type Quantities = Readonly<Record<string, Quantity>>;

/** What a graph says of its nodes, in the words of a domain. */
export interface GraphWords {
  /** `body`, `system`. */
  readonly node: string;
  readonly graph: string;
  /** Several graphs, where that is more than an s. */
  readonly graphs?: string;
  readonly nodes: string;
  /** What is an edge. */
  readonly edges: string;
}

/** The arrays of a graph, as `graphFeeds` names them. */
export const graphQuantities = ({ node, graph, nodes, edges }: GraphWords) =>
  ({
    receivers: {
      kind: 'index',
      at: 'edges',
      of: 'nodes',
      meaning: `number of the ${node} that an edge goes to`,
      unit: '1',
    },
    senders: {
      kind: 'index',
      at: 'edges',
      of: 'nodes',
      meaning: `number of the ${node} that an edge comes from; ${edges}`,
      unit: '1',
    },
    graph_of_node: {
      kind: 'index',
      at: 'nodes',
      of: 'graphs',
      meaning: `number of the ${graph} of every ${node}, ascending from 0`,
      unit: '1',
    },
    graph_sizes: { kind: 'size', at: 'graphs', meaning: `number of ${nodes} of every ${graph}`, unit: '1' },
  }) satisfies Quantities;
