import { type GraphTensors, graphInputs, graphMean, meanOverGraphs, sumOverGraphs } from '../../graphs/index.js';
import { type Encoder, edgeVectors, type NodeKinds } from '../../networks/encoder.js';
import { buildEncoder } from '../../networks/encoders.js';
import { type Parameter, ParameterScope } from '../../nn/index.js';
import {
  addInDouble,
  concat,
  constant,
  div,
  gather,
  gradient,
  type Input,
  input,
  mul,
  neg,
  reshape,
  scatterAdd,
  sub,
  sum,
  type Tensor,
} from '../../tensor/index.js';
import type { ResolvedInput } from '../quantity.js';
import type { FitNetworkConfig, NetworkTarget } from './fit-config.js';
import { type Head, headOf } from './heads.js';

/** Geometries as inputs of a program. */
export interface GeometryTensors {
  readonly graph: GraphTensors;
  /** Places in the network's list of species, int32 [nodes]. */
  readonly species: Input;
  /** [nodes, 3] */
  readonly positions: Input;
  /** What is added to the position of an edge's sender, [edges, 3]. */
  readonly shifts: Input;
  /** The further inputs, by name: [nodes, 1], [nodes, 3] or [graphs, 3]. */
  readonly inputs: Readonly<Record<string, Input>>;
}

/** The name of a further input in programs. */
export const inputName = (name: string): string => `input_${name}`;

/** Geometries as inputs of a program, and the further inputs of a network. */
export function geometryInputs(inputs: readonly ResolvedInput[]): GeometryTensors {
  const shapeOf = ({ of, order }: ResolvedInput) => [of === 'graph' ? 'graphs' : 'nodes', 3 ** order];
  return {
    graph: graphInputs(),
    species: input('species', ['nodes'], 'int32'),
    positions: input('positions', ['nodes', 3]),
    shifts: input('shifts', ['edges', 3]),
    inputs: Object.fromEntries(inputs.map((one) => [one.name, input(inputName(one.name), shapeOf(one))])),
  };
}

/** How many further numbers and vectors nodes have. */
const kindsOf = ({ species, inputs }: FitNetworkConfig): NodeKinds => ({
  species: species.length,
  scalars: inputs.filter(({ order }) => order === 0).length,
  vectors: inputs.filter(({ order }) => order === 1).length,
});

/** A network that predicts a user's own quantities of geometries: an encoder, and a head for every target. */
export class FitNetwork {
  readonly config: FitNetworkConfig;
  readonly parameters: readonly Parameter[];
  readonly #encoder: Encoder;
  readonly #heads: ReadonlyMap<string, Head>;

  constructor(config: FitNetworkConfig) {
    this.config = config;
    const scope = new ParameterScope();
    this.#encoder = buildEncoder(scope.child('encoder'), config.model, config.encoder, kindsOf(config));
    this.#heads = new Map(
      config.targets
        .filter(({ gradientOf }) => gradientOf === undefined)
        .map((target) => [target.name, headOf(scope.child(`heads.${target.name}`), this.#encoder.width, target)]),
    );
    this.parameters = scope.parameters;
  }

  /** How many edges away what an atom depends on may be. */
  get rounds(): number {
    return this.#encoder.rounds;
  }

  /**
   * The targets of geometries by name, [nodes or graphs, width in memory], in their units but for shifts of species:
   * those of energies are large, and are to be added where there are digits enough.
   *
   * @param wanted of parts of geometries, [nodes, 1]: 1 for nodes that count, 0 for others. Targets of graphs are then
   * sums over those that count, of means too, and gradients those of these sums
   */
  predict(given: GeometryTensors, wanted?: Tensor): Readonly<Record<string, Tensor>> {
    const parts = this.#parts(given);
    const values = new Map<string, Tensor>();
    for (const target of this.config.targets) {
      const own = parts.get(target.name);
      if (own) values.set(target.name, mul(ofTarget(own, target, given.graph, wanted), target.scale));
    }
    for (const { name, gradientOf } of this.config.targets) {
      const parent = gradientOf === undefined ? undefined : values.get(gradientOf);
      if (parent) values.set(name, neg(gradient(sum(parent), [given.positions])[0]));
    }
    return Object.fromEntries(this.config.targets.map(({ name }) => [name, values.get(name) as Tensor]));
  }

  /** What every node has of each target. */
  #parts(given: GeometryTensors): ReadonlyMap<string, Tensor> {
    const { graph, species, positions, shifts } = given;
    const encoding = this.#encoder.encode({
      graph,
      species,
      edges: edgeVectors(positions, graph, shifts),
      ...this.#furtherInputs(given),
    });
    const nodes = {
      ...encoding,
      places: sub(positions, gather(this.#centres(given), graph.graphOfNode)),
      balanced: (values: Tensor) => sub(values, graphMean(values, graph)),
    };
    return new Map([...this.#heads].map(([name, head]) => [name, head.rows(nodes)]));
  }

  /** The centre of mass of every graph, [graphs, 3]; of its nodes, where masses are not known. */
  #centres({ graph, species, positions }: GeometryTensors): Tensor {
    const { masses } = this.config;
    if (!masses) return meanOverGraphs(positions, graph);
    const mass = gather(constant(masses, [masses.length, 1]), species); // [nodes, 1]
    return div(
      scatterAdd(mul(positions, mass), graph.graphOfNode, 'graphs'),
      scatterAdd(mass, graph.graphOfNode, 'graphs'),
    );
  }

  /** Numbers and vectors at nodes; those of whole graphs, at each of their nodes. */
  #furtherInputs({ graph, inputs }: GeometryTensors) {
    const columns = (order: 0 | 1): Tensor[] =>
      this.config.inputs
        .filter((one) => one.order === order)
        .map(({ name, of }) => (of === 'graph' ? gather(inputs[name], graph.graphOfNode) : inputs[name]));
    const [scalars, vectors] = [columns(0), columns(1).map((vector) => reshape(vector, ['nodes', 3, 1]))];
    return {
      ...(scalars.length > 0 && { nodeScalars: concat(scalars, 1) }),
      ...(vectors.length > 0 && { nodeVectors: concat(vectors, 2) }),
    };
  }
}

/** The target out of what every node has of it. */
function ofTarget(parts: Tensor, { of, extensive }: NetworkTarget, graph: GraphTensors, wanted?: Tensor): Tensor {
  if (of === 'node') return parts;
  if (wanted) return sumOverGraphs(mul(parts, wanted), graph);
  return extensive ? sumOverGraphs(parts, graph) : meanOverGraphs(parts, graph);
}

/**
 * What the shifts of a target add to what a network predicts of geometries: one number a node, or one a graph.
 * @param species of the nodes
 * @param sizes nodes of each graph
 */
export function shiftsOf(
  { of, extensive, shifts }: NetworkTarget,
  species: Int32Array,
  sizes: ArrayLike<number>,
): Float64Array | undefined {
  if (!shifts) return undefined;
  const ofNodes = Float64Array.from(species, (kind) => shifts[kind]);
  if (of === 'node') return ofNodes;
  let at = 0;
  return Float64Array.from(sizes, (size) => {
    let total = 0;
    for (let k = 0; k < size; k++) total += ofNodes[at++];
    return extensive ? total : total / size;
  });
}

/**
 * Values with the shifts of their target, as a program has them inside: in double precision, as those of energies are
 * large. Values without shifts as they are.
 */
export function withShifts(values: Tensor, target: NetworkTarget, { species, graph }: GeometryTensors): Tensor {
  const { shifts } = target;
  if (!shifts) return values;
  const isOf = shifts.map((_, row) => shifts.map((_, column) => (row === column ? 1 : 0)));
  const kinds = gather(constant(isOf.flat(), [shifts.length, shifts.length]), species); // [nodes, species]
  if (target.of === 'node') return addInDouble(values, kinds, shifts);
  const counts = sumOverGraphs(kinds, graph);
  return addInDouble(values, counts, shifts, target.extensive ? undefined : sum(counts, [1], { keepDims: true }));
}
