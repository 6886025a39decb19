import { completeGraphs, graphFeeds, graphSizes } from '../../graphs/index.js';
import { requireWeights, type Weights } from '../../nn/index.js';
import type { Executable, Feeds, OpenOptions, Runtime, Sizes } from '../../runtime/index.js';
import { compile } from '../../tensor/index.js';
import { productEdges } from '../data/edges.js';
import type { DynamicsModel } from './model.js';
import { type FieldName, fieldNames, systemInputs } from './system.js';
import { type BatchPart, checkBatch, type SystemBatch, splitBatch } from './system-batch.js';

/** A trained network, ready to run on plain arrays. */
export interface Predictor {
  /** The external fields that the network wants to know. */
  readonly fields: readonly FieldName[];
  /**
   * Predicts where the bodies will be.
   * @returns positions, [bodies, 3], in the order of the batch
   * @throws UserError for lists that do not fit the sizes, missing fields, and numbers that are not finite
   */
  predict(batch: SystemBatch): Promise<Float32Array>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/** How {@link openPredictor} opens a network. */
export interface PredictorOptions extends OpenOptions {
  /** Systems run together up to so many edges, which keeps what they need in the cache. Default 1500. */
  readonly maxEdges?: number;
}

/**
 * Compiles a network with its weights and opens it on a device.
 * @throws UserError if the weights are not this network's
 */
export async function openPredictor(
  runtime: Runtime,
  model: DynamicsModel,
  weights: Weights,
  { maxEdges = 1500, ...options }: PredictorOptions = {},
): Promise<Predictor> {
  requireWeights(model.parameters, weights);
  const positions = model.predict(systemInputs(fieldNames));
  const program = compile({ predicted: positions }, { constants: weights });
  const fields = fieldNames.filter((name) => program.inputs.some((port) => port.name === name));
  const edges = program.inputs.some((port) => port.name === 'edges');
  const executable = await runtime.open(program, options);
  return {
    fields,
    async predict(batch) {
      checkBatch(batch, fields);
      return predictParts(executable, batch, { parts: splitBatch(batch, maxEdges), edges });
    },
    close: () => executable.close(),
  };
}

async function predictParts(
  executable: Executable,
  batch: SystemBatch,
  { parts, edges }: { readonly parts: readonly BatchPart[]; readonly edges: boolean },
): Promise<Float32Array> {
  const result = new Float32Array(batch.positions.length);
  let graph: GraphArrays | undefined;
  for (const part of parts) {
    if (graph?.key !== part.sizes.join()) graph = graphArrays(part.sizes);
    const { firstBody, positions, velocities, charges, fields } = part;
    const numbers = edges && { edges: part.edges ?? productEdges(charges, part.sizes) };
    const predicted = result.subarray(3 * firstBody, 3 * firstBody + positions.length);
    await executable.run({ ...graph.feeds, positions, velocities, charges, ...numbers, ...fields }, graph.sizes, {
      predicted,
    });
  }
  return result;
}

/** The complete graphs of a part; parts of equal sizes share them. */
interface GraphArrays {
  readonly key: string;
  readonly feeds: Feeds;
  readonly sizes: Sizes;
}

function graphArrays(bodies: readonly number[]): GraphArrays {
  const graph = completeGraphs(bodies);
  return { key: bodies.join(), feeds: graphFeeds(graph), sizes: graphSizes(graph) };
}
