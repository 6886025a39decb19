import { z } from 'zod';
import type { Parameter } from '../nn/index.js';
import type { Tensor } from '../tensor/index.js';
import type { GeometricGraph } from './geometric-graph.js';

/** What a network makes of a graph. */
export interface MovedGraph {
  /** Where the nodes come to lie, [nodes, 3]. */
  readonly positions: Tensor;
  /** What becomes of the vectors at the nodes, [nodes, 3]; only of networks that predict them. */
  readonly vectors?: Tensor;
}

/** A network on graphs in space, which moves their nodes. */
export interface Network {
  readonly parameters: readonly Parameter[];
  /** Whether it wants every pair of nodes as one edge, whichever way, and not as two; default false. */
  readonly pairsOnce?: boolean;
  /** Where the nodes come to lie and, perhaps, what becomes of their vectors. */
  predict(graph: GeometricGraph): MovedGraph;
}

/** How large a network is. */
export interface NetworkSize {
  /** Width of the node features and of the hidden layers; default 64. */
  readonly hidden?: number;
  /** Number of message-passing layers; default 4. */
  readonly layers?: number;
}

/** The motions of space that the output of a network follows; the order of nodes, every network does. */
export interface Follows {
  readonly rotation: boolean;
  readonly translation: boolean;
  /** Whether the output for a mirror image is the mirror image of the output. */
  readonly reflection: boolean;
}

/** What follows every motion of space, and what distinguishes mirror images. */
export const FOLLOWS_ALL: Follows = { rotation: true, translation: true, reflection: true };
export const TELLS_MIRRORS: Follows = { ...FOLLOWS_ALL, reflection: false };

type Options = Readonly<Record<string, z.ZodDefault>>;

/** An option that configuration files do not have: inferred from the length of a published tensor's first axis. */
export interface ToldOption {
  readonly tensor: string;
  readonly least: number;
}

/** All that there is to know of a kind of network, in one record; `backbones.ts` gathers them. */
export interface BackboneOf<Name extends string, Own extends Options, Told extends string> {
  /** What the published code calls it: its name in configuration and weight files. */
  readonly name: Name;
  /** What people call it. */
  readonly title: string;
  /** Its options in configuration files, each with its default and, described, its meaning. */
  readonly options: Own;
  /**
   * The parameter whose first axis is as long as the hidden layers are wide: from which the width of weights is
   * inferred.
   */
  readonly widthParameter: string;
  readonly told?: Readonly<Record<Told, ToldOption>>;
  readonly follows: Follows;
  /** Whether a network of these options predicts vectors too; left out by networks that never do. */
  predictsVectors?(options: OptionsOf<Own, NoInfer<Told>>): boolean;
  /**
   * The options of a network with the same weights that covers a part of the time, for networks that can be cut.
   * @param share of the time, above 0 and at most 1
   * @throws UserError where this network cannot be cut to that
   */
  part?(options: OptionsOf<Own, NoInfer<Told>>, share: number): OptionsOf<Own, NoInfer<Told>>;
  /** @throws UserError for options that do not fit together, beyond what their schemas say */
  check?(options: OptionsOf<Own, Told>): void;
  /** Makes a network, its weights as inputs. */
  build(options: OptionsOf<Own, Told>): Network;
}

/** A backbone, whichever it is. */
export interface Backbone
  extends Omit<BackboneOf<string, Options, string>, 'predictsVectors' | 'part' | 'check' | 'build'> {
  /** As {@link BackboneOf.predictsVectors}. */
  predictsVectors?(options: object): boolean;
  /** As {@link BackboneOf.part}. */
  part?(options: object, share: number): object;
  /** As {@link BackboneOf.check}. */
  check?(options: object): void;
  /** As {@link BackboneOf.build}. */
  build(options: object): Network;
}

type Frozen<T> = T extends readonly (infer Item)[] ? readonly Item[] : T;

/** The options of a network, each of which may be left out. */
export type OptionsOf<Own extends Options, Told extends string> = {
  readonly [Key in keyof Own]?: Frozen<z.output<Own[Key]>>;
} & { readonly [Key in Told]?: number };

/** A network, described: its name and options, ready for JSON. */
export type ConfigOf<B> =
  B extends BackboneOf<infer Name, infer Own, infer Told> ? { readonly model: Name } & OptionsOf<Own, Told> : never;

/** Makes a record, its types inferred. */
export const backbone = <const Name extends string, Own extends Options, Told extends string = never>(
  record: BackboneOf<Name, Own, Told>,
): BackboneOf<Name, Own, Told> => record;

const count = z.number().int().positive();

/**
 * The options that all networks here share. The limits are far above what anyone trains; a slip of the finger beyond
 * them would take all memory or time.
 */
export const sizeOptions = {
  hidden: count.max(4096).describe('Width of the node features.').default(64),
  layers: count.max(256).describe('Message-passing layers.').default(4),
  cutoff: z
    .number()
    .positive()
    .nullable()
    .describe('Edges join nodes that are nearer than this at the input; null: all nodes of a graph.')
    .default(null),
};

/** What the networks here see of an edge beside its geometry. */
export const edgeOptions = {
  edges: z
    .enum(['products', 'given'])
    .describe('What is known of a pair: the product of its charges, or what the edges_ files say (springs).')
    .default('products'),
};
