import { graphFeeds, graphSizes } from '../../graphs/index.js';
import { requireWeights, type Weights } from '../../nn/index.js';
import type { Executable, Feeds, OpenOptions, Runtime, Sizes } from '../../runtime/index.js';
import { compile } from '../../tensor/index.js';
import type { DynamicsModel } from './model.js';
import { type BodyColumns, type FieldName, fieldNames, systemInputs } from './system.js';
import { type BatchPart, checkBatch, type SystemBatch, splitBatch } from './system-batch.js';
import { systemGraph } from './system-graph.js';

/** A trained network, ready to run on plain arrays. */
export interface Predictor {
  /** The external fields that the network wants to know. */
  readonly fields: readonly FieldName[];
  /** The further columns of bodies that it wants to know. */
  readonly columns?: BodyColumns;
  /**
   * Predicts where the bodies will be.
   * @returns positions, [bodies, 3], in the order of the batch
   * @throws UserError for lists that do not fit the sizes, missing fields and columns, and numbers that are not finite
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
  const positions = model.predict(systemInputs(fieldNames, model.columns));
  const program = compile({ predicted: positions }, { constants: weights });
  const fields = fieldNames.filter((name) => program.inputs.some((port) => port.name === name));
  const executable = await runtime.open(program, options);
  return {
    fields,
    columns: model.columns,
    async predict(batch) {
      checkBatch(batch, fields, model.columns);
      return predictParts(executable, batch, { parts: splitBatch(batch, maxEdges), cutoff: model.cutoff });
    },
    close: () => executable.close(),
  };
}

async function predictParts(
  executable: Executable,
  batch: SystemBatch,
  { parts, cutoff }: { readonly parts: readonly BatchPart[]; readonly cutoff: number | undefined },
): Promise<Float32Array> {
  const result = new Float32Array(batch.positions.length);
  let graph: GraphArrays | undefined;
  for (const part of parts) {
    if (!graph || cutoff !== undefined || graph.key !== part.sizes.join()) graph = graphArrays(part, cutoff);
    const { firstBody, positions, velocities, charges, fields, columns } = part;
    const predicted = result.subarray(3 * firstBody, 3 * firstBody + positions.length);
    const feeds = { ...graph.feeds, positions, velocities, charges, ...fields, ...columns };
    await executable.run(feeds, graph.sizes, { predicted });
  }
  return result;
}

/** The graphs of a part; parts of equal sizes share complete ones. */
interface GraphArrays {
  readonly key: string;
  readonly feeds: Feeds;
  readonly sizes: Sizes;
}

function graphArrays({ sizes, positions }: BatchPart, cutoff: number | undefined): GraphArrays {
  const graph = systemGraph(sizes, positions, cutoff);
  return { key: sizes.join(), feeds: graphFeeds(graph), sizes: graphSizes(graph) };
}
