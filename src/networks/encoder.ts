import type { z } from 'zod';
import type { GraphTensors } from '../graphs/index.js';
import type { ParameterScope } from '../nn/index.js';
import { add, gather, sub, type Tensor } from '../tensor/index.js';

/** A graph in space, as an encoder sees it: nothing in it depends on where the graph is. */
export interface EncodedGraph {
  readonly graph: GraphTensors;
  /** What kind each node is of, int32 [nodes]. */
  readonly species: Tensor;
  /** From the receiver of every edge to its sender, [edges, 3]. */
  readonly edges: Tensor;
  /** Further numbers at nodes, [nodes, n]; none where left out. */
  readonly nodeScalars?: Tensor;
  /** Further vectors at nodes, which turn with the graph, [nodes, 3, n]; none where left out. */
  readonly nodeVectors?: Tensor;
}

/** What an encoder makes of every node. */
export interface Encoding {
  /** What no motion changes, [nodes, hidden]. */
  readonly scalars: Tensor;
  /** What turns with the graph, [nodes, 3, hidden]. */
  readonly vectors: Tensor;
}

/** What there is at the nodes of graphs: how many kinds of node, further numbers and further vectors. */
export interface NodeKinds {
  readonly species: number;
  readonly scalars: number;
  readonly vectors: number;
}

/** A network that tells what there is around every node, in scalars and vectors. */
export interface Encoder {
  /** How many scalars, and how many vectors, a node has. */
  readonly width: number;
  /** How many edges away what a node depends on may be: as many as messages are passed one after the other. */
  readonly rounds: number;
  encode(graph: EncodedGraph): Encoding;
}

type Options = Readonly<Record<string, z.ZodDefault>>;

/** An encoder's options, each given. */
export type EncoderOptions<Own extends Options> = { readonly [Key in keyof Own]: z.output<Own[Key]> };

/** All that there is to know of a kind of encoder, in one record; `encoders.ts` gathers them. */
export interface EncoderOf<Name extends string, Own extends Options> {
  /** Its name in configuration and weight files. */
  readonly name: Name;
  /** What people call it. */
  readonly title: string;
  /** Its options in configuration files, each with its default and, described, its meaning. */
  readonly options: Own;
  /** @param scope where its parameters stand */
  build(scope: ParameterScope, options: EncoderOptions<Own>, kinds: NodeKinds): Encoder;
}

/** An encoder, whichever it is. */
export interface EncoderRecord extends Omit<EncoderOf<string, Options>, 'build'> {
  /** As {@link EncoderOf.build}. */
  build(scope: ParameterScope, options: object, kinds: NodeKinds): Encoder;
}

/** Makes a record, its types inferred. */
export const encoder = <const Name extends string, Own extends Options>(
  record: EncoderOf<Name, Own>,
): EncoderOf<Name, Own> => record;

/**
 * x_j + shift − x_i of every edge, [edges, 3]; i receives, j sends.
 * @param positions [nodes, 3]
 * @param shifts what is added to the sender's position, [edges, 3]: in periodic cells, where an image of it is seen
 */
export function edgeVectors(positions: Tensor, { senders, receivers }: GraphTensors, shifts?: Tensor): Tensor {
  const seen = gather(positions, senders);
  return sub(shifts ? add(seen, shifts) : seen, gather(positions, receivers));
}
