import { type GraphTensors, graphInputs } from '../../graphs/index.js';
import type { GeometricGraph } from '../../networks/geometric-graph.js';
import { graphQuantities, type Quantities } from '../../networks/quantities.js';
import { input, reshape, type Tensor } from '../../tensor/index.js';
import type { GraphRule } from './system-graph.js';

/** Vector fields that act on a whole system, given as inputs that turn with it, and how they behave in a mirror. */
export const fieldKinds = { gravity: 'vector', magnetic: 'pseudo-vector' } as const;
/** The name of a field that acts on all bodies. */
export type FieldName = keyof typeof fieldKinds;
/** All of them. */
export const fieldNames = Object.keys(fieldKinds) as readonly FieldName[];

/** Further columns of bodies that a network takes, by the names that they have in files. */
export interface BodyColumns {
  /** One number a body: mass. */
  readonly scalars: readonly string[];
  /** One vector a body: spin. */
  readonly vectors: readonly string[];
}

/** A further column as the input of a program. */
export interface ColumnInput {
  /** What the input is called: `scalars.mass`, which no other input is. */
  readonly feed: string;
  readonly kind: keyof BodyColumns;
  /** What the column is called: `mass`. */
  readonly name: string;
  readonly width: 1 | 3;
}

/** The inputs that further columns are. */
export const columnInputs = ({ scalars, vectors }: BodyColumns = { scalars: [], vectors: [] }): ColumnInput[] => [
  ...scalars.map((name) => ({ feed: `scalars.${name}`, kind: 'scalars', name, width: 1 }) as const),
  ...vectors.map((name) => ({ feed: `vectors.${name}`, kind: 'vectors', name, width: 3 }) as const),
];

/** A many-body system as inputs of a program; row k of every node tensor belongs to body k. */
export interface SystemTensors {
  readonly graph: GraphTensors;
  /** Positions, [nodes, 3]. */
  readonly positions: Tensor;
  /** Velocities, [nodes, 3]. */
  readonly velocities: Tensor;
  /** Charges, [nodes, 1]. */
  readonly charges: Tensor;
  /** A number for every ordered pair of bodies, [edges, 1]: 1 for a spring, 0 for none, or the product of charges. */
  readonly edges: Tensor;
  /** The fields that the network knows of: one vector a system, [graphs, 3]. */
  readonly fields: Readonly<Partial<Record<FieldName, Tensor>>>;
  /** Further columns of the bodies, [nodes, 1] and [nodes, 3], by name. */
  readonly columns?: Readonly<Record<keyof BodyColumns, Readonly<Record<string, Tensor>>>>;
}

/** Declares a system as input of a program, with the fields and the further columns that a network takes. */
export function systemInputs(fields: readonly FieldName[] = [], columns?: BodyColumns): SystemTensors {
  const inputs = (kind: keyof BodyColumns) =>
    columnInputs(columns)
      .filter((column) => column.kind === kind)
      .map(({ feed, name, width }) => [name, input(feed, ['nodes', width])]);
  return {
    graph: graphInputs(),
    positions: input('positions', ['nodes', 3]),
    velocities: input('velocities', ['nodes', 3]),
    charges: input('charges', ['nodes', 1]),
    edges: input('edges', ['edges', 1]),
    fields: Object.fromEntries(fields.map((name) => [name, input(name, ['graphs', 3])])),
    columns: { scalars: Object.fromEntries(inputs('scalars')), vectors: Object.fromEntries(inputs('vectors')) },
  };
}

/**
 * A system as the graph in space that backbones see.
 * @param seen of an edge: the product of charges (default), or the number that is given for it
 */
export const geometricGraph = (
  { velocities, charges, edges, fields, columns, ...given }: SystemTensors,
  seen: 'products' | 'given' = 'products',
): GeometricGraph => ({
  ...given,
  vectors: velocities,
  scalars: charges,
  ...(seen === 'given' && { edgeScalars: reshape(edges, [1, 'edges']) }),
  graphVectors: fields,
  nodeScalars: columns?.scalars,
  nodeVectors: columns?.vectors,
});

/** What many-body networks call their graphs. */
export const systemWords = {
  node: 'body',
  nodes: 'bodies',
  graph: 'system',
  edges: 'every ordered pair of different bodies of a system is an edge',
};

/** Which pairs of bodies are edges, in words. */
export const pairsInWords = ({ cutoff, once = false }: GraphRule = {}, of = ''): string =>
  `${once ? 'unordered' : 'ordered'} pair${of === '' ? 's' : ''} of ${of === '' ? '' : 'different '}bodies${of}` +
  (cutoff === undefined ? '' : ` nearer than ${cutoff}`);

/** What the arrays of edges are, by the rule that says which there are. */
export const edgeQuantities = (rule?: GraphRule) =>
  graphQuantities({ ...systemWords, edges: `every ${pairsInWords(rule, ' of a system')} is an edge` });

/** What the inputs of many-body networks are, but for further columns. */
const systemQuantities = {
  positions: {
    kind: 'position',
    at: 'nodes',
    meaning: 'x, y, z of every body, system after system',
    unit: 'length, as in training',
  },
  velocities: { kind: 'vector', at: 'nodes', meaning: 'velocity of every body', unit: 'length / time, as in training' },
  charges: { kind: 'scalar', at: 'nodes', meaning: 'charge of every body', unit: 'charge, as in training' },
  edges: {
    kind: 'scalar',
    at: 'edges',
    meaning: 'what joins the bodies of every edge: 1 for a spring, 0 for none, or the product of charges',
    unit: 'as in training',
  },
  gravity: {
    kind: fieldKinds.gravity,
    at: 'graphs',
    meaning: 'constant force on every body of a system',
    unit: 'force, as in training',
  },
  magnetic: {
    kind: fieldKinds.magnetic,
    at: 'graphs',
    meaning: 'magnetic field of a system',
    unit: 'magnetic field, as in training',
  },
  ...graphQuantities(systemWords),
} satisfies Quantities;

/** What the inputs of a network are that takes further columns. */
export const quantitiesWith = (columns?: BodyColumns): Quantities => ({
  ...systemQuantities,
  ...Object.fromEntries(
    columnInputs(columns).map(({ feed, kind, name }) => [
      feed,
      {
        kind: kind === 'scalars' ? 'scalar' : 'vector',
        at: 'nodes',
        meaning: `${name} of every body`,
        unit: 'as in training',
      },
    ]),
  ),
});
