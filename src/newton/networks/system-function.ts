import type { Matrix3 } from '../../geometry/index.js';
import { completeGraphs, graphFeeds } from '../../graphs/index.js';
import { FOLLOWS_ALL, type Follows } from '../../networks/backbone.js';
import type { GeometricFunction, Sample } from '../../networks/geometric-function.js';
import type { Quantities, Quantity } from '../../networks/quantities.js';
import type { Feeds } from '../../runtime/index.js';
import { compile } from '../../tensor/index.js';
import { type Motion, orthogonalMotion, type Subject } from '../../testing/index.js';
import { type DynamicsModel, outputsOf } from './model.js';
import { openPredictor } from './predictor.js';
import { randomSystems } from './random-systems.js';
import {
  type BodyColumns,
  edgeQuantities,
  fieldKinds,
  fieldNames,
  pairsInWords,
  quantitiesWith,
  systemInputs,
  systemWords,
} from './system.js';
import type { SystemBatch } from './system-batch.js';
import { pairsOfGraph, systemGraph, takePairs } from './system-graph.js';

const outputQuantity: Quantity = {
  kind: 'position',
  at: 'nodes',
  meaning: 'x, y, z of every body after the time span',
  unit: 'length, as in training',
};

/** What comes out of many-body networks, by the names of {@link outputsOf}. */
const outputQuantities: Quantities = {
  predicted_positions: outputQuantity,
  predicted_velocities: {
    kind: 'vector',
    at: 'nodes',
    meaning: 'velocity of every body after the time span',
    unit: 'length / time, as in training',
  },
};

/** Systems as named arrays. */
export const systemSample = ({ sizes, positions, velocities, charges, edges, ...others }: SystemBatch): Sample => ({
  sizes,
  arrays: {
    positions,
    velocities,
    charges,
    ...(edges && edgeArrays(sizes, edges)),
    ...others.fields,
    ...others.columns,
  },
});

/** The numbers of edges, with the bodies that they are between: so they can be told in any order. */
function edgeArrays(sizes: readonly number[], edges: Float32Array): Feeds {
  const { senders, receivers } = completeGraphs(sizes);
  return { edges, senders, receivers };
}

/** Systems out of named arrays; where no charges are among them, the network does not look at any. */
function systemBatch({ sizes, arrays }: Sample): SystemBatch {
  const { positions, velocities, edges, senders, receivers, ...others } = arrays as SystemArrays;
  const { charges = new Float32Array(positions.length / 3).fill(1), ...further } = others;
  const ordered = edges && edgesInOrder(edges, senders, receivers, charges.length);
  const some = (areFields: boolean) =>
    Object.fromEntries(Object.entries(further).filter(([name]) => name in fieldKinds === areFields));
  const given = { sizes, positions, velocities, charges, ...(ordered && { edges: ordered }) };
  return { ...given, fields: some(true), columns: some(false) };
}

type SystemArrays = Readonly<Record<string, Float32Array>> & Readonly<Record<'senders' | 'receivers', Int32Array>>;

/** The numbers in the order of complete graphs: by receiver, then by sender. */
function edgesInOrder(edges: Float32Array, senders: Int32Array, receivers: Int32Array, bodies: number): Float32Array {
  const key = (edge: number): number => receivers[edge] * bodies + senders[edge];
  const order = Array.from(edges.keys()).sort((a, b) => key(a) - key(b));
  return Float32Array.from(order, (edge) => edges[edge]);
}

/**
 * A function of systems, as what equivariance is measured of.
 * @param predict gives one vector a body, [bodies, 3]
 * @param kind of its result: positions shift when the system does, other vectors (forces, velocities) only turn
 * @param columns further columns that it takes
 */
export const systemSubject = (
  predict: (systems: SystemBatch) => Float32Array | Promise<Float32Array>,
  kind: 'position' | 'vector' = 'position',
  columns?: BodyColumns,
): Subject => ({
  inputs: quantitiesWith(columns),
  output: { ...outputQuantity, kind },
  run: (sample) => predict(systemBatch(sample)),
});

/**
 * Turns or mirrors whole systems, and the positions that are predicted for them.
 * @param determinant 1 for rotations, −1 for reflections
 * @param columns the further columns that the systems have
 */
export function systemMotion(matrix: Matrix3, determinant: 1 | -1, columns?: BodyColumns): Motion<SystemBatch> {
  const signature = { inputs: quantitiesWith(columns), output: outputQuantity };
  const { input, output } = orthogonalMotion(signature, matrix, determinant);
  return { input: (systems) => systemBatch(input(systemSample(systems))), output };
}

/** A many-body network, and what is known of it. */
export interface NamedModel {
  readonly name: string;
  readonly model: DynamicsModel;
  /** Which motions it follows; default all. */
  readonly follows?: Follows;
}

/** A many-body network as a function of named arrays. */
export function systemFunction({ name, model, follows = FOLLOWS_ALL }: NamedModel): GeometricFunction {
  const output = outputsOf(model.predict(systemInputs(fieldNames, model.columns)));
  return {
    name,
    parameters: model.parameters,
    output,
    quantities: { ...quantitiesWith(model.columns), ...edgeQuantities(model.graph), ...outputQuantities },
    words: systemWords,
    axes: {
      nodes: 'bodies of all systems',
      edges: pairsInWords(model.graph),
      graphs: 'systems',
    },
    follows,
    sample(rng, { graphs, nodes }) {
      const { inputs } = compile(output);
      const isInput = (name: string): boolean => inputs.some((port) => port.name === name);
      const wanted = { fields: fieldNames.filter(isInput), edges: isInput('edges'), columns: model.columns };
      const sample = systemSample(randomSystems(rng, new Array<number>(graphs).fill(nodes), wanted));
      if (isInput('charges')) return sample;
      const { charges: _unseen, ...arrays } = sample.arrays;
      return { sizes: sample.sizes, arrays };
    },
    feeds(sample) {
      const { edges, sizes, positions } = systemBatch(sample);
      const graph = systemGraph(sizes, positions, model.graph);
      const numbers = edges && { edges: takePairs(edges, pairsOfGraph(graph, sizes, model.graph)) };
      return { ...sample.arrays, ...numbers, ...graphFeeds(graph) };
    },
    async open(runtime, weights) {
      const predictor = await openPredictor(runtime, model, weights);
      return {
        run: async (sample) => outputsOf(await predictor.predict(systemBatch(sample))),
        close: () => predictor.close(),
      };
    },
  };
}
