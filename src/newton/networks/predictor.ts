import { graphFeeds, graphSizes } from '../../graphs/index.js';
import { requireWeights, type Weights } from '../../nn/index.js';
import type { Executable, Feeds, OpenOptions, Runtime, Sizes } from '../../runtime/index.js';
import { compile } from '../../tensor/index.js';
import { productEdges } from '../data/edges.js';
import { type DynamicsModel, type MovedSystem, outputsOf } from './model.js';
import { type BodyColumns, type FieldName, fieldNames, systemInputs } from './system.js';
import { type BatchPart, checkBatch, type SystemBatch, splitBatch } from './system-batch.js';
import { type GraphRule, pairsOfGraph, systemGraph, takePairs } from './system-graph.js';

/** What a network foretells of the bodies of a batch, in its order: rows of x, y, z. */
export type PredictedSystems = MovedSystem<Float32Array>;

/** A trained network, ready to run on plain arrays. */
export interface Predictor {
  /** The external fields that the network wants to know. */
  readonly fields: readonly FieldName[];
  /** Whether it predicts velocities too. */
  readonly predictsVelocities: boolean;
  /** The further columns of bodies that it wants to know. */
  readonly columns?: BodyColumns;
  /**
   * Predicts where the bodies will be.
   * @throws UserError for lists that do not fit the sizes, missing fields and columns, and numbers that are not finite
   */
  predict(batch: SystemBatch): Promise<PredictedSystems>;
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
  const moved = model.predict(systemInputs(fieldNames, model.columns));
  const program = compile(outputsOf(moved), { constants: weights });
  const fields = fieldNames.filter((name) => program.inputs.some((port) => port.name === name));
  const edges = program.inputs.some((port) => port.name === 'edges');
  const executable = await runtime.open(program, options);
  return {
    fields,
    predictsVelocities: moved.velocities !== undefined,
    columns: model.columns,
    async predict(batch) {
      checkBatch(batch, fields, model.columns);
      const empty = (): Float32Array => new Float32Array(batch.positions.length);
      const into = { positions: empty(), ...(moved.velocities && { velocities: empty() }) };
      return predictParts(executable, into, { parts: splitBatch(batch, maxEdges), edges, rule: model.graph });
    },
    close: () => executable.close(),
  };
}

interface PartsToPredict {
  readonly parts: readonly BatchPart[];
  /** Whether the numbers of pairs are inputs. */
  readonly edges: boolean;
  readonly rule: GraphRule | undefined;
}

async function predictParts(
  executable: Executable,
  moved: PredictedSystems,
  { parts, edges, rule }: PartsToPredict,
): Promise<PredictedSystems> {
  let graph: GraphArrays | undefined;
  for (const part of parts) {
    if (!graph || rule?.cutoff !== undefined || graph.key !== part.sizes.join()) graph = graphArrays(part, rule);
    const { firstBody, positions, velocities, charges, fields, columns } = part;
    const rows = (all: Float32Array): Float32Array => all.subarray(3 * firstBody, 3 * firstBody + positions.length);
    const into = outputsOf({
      positions: rows(moved.positions),
      ...(moved.velocities && { velocities: rows(moved.velocities) }),
    });
    const all = edges && (part.edges ?? productEdges(charges, part.sizes));
    const numbers = all && { edges: takePairs(all, graph.pairs) };
    const feeds = { ...graph.feeds, positions, velocities, charges, ...numbers, ...fields, ...columns };
    await executable.run(feeds, graph.sizes, into);
  }
  return moved;
}

/** The graphs of a part; parts of equal sizes share complete ones. */
interface GraphArrays {
  readonly key: string;
  readonly feeds: Feeds;
  readonly sizes: Sizes;
  readonly pairs: Int32Array | undefined;
}

function graphArrays({ sizes, positions }: BatchPart, rule: GraphRule | undefined): GraphArrays {
  const graph = systemGraph(sizes, positions, rule);
  return {
    key: sizes.join(),
    feeds: graphFeeds(graph),
    sizes: graphSizes(graph),
    pairs: pairsOfGraph(graph, sizes, rule),
  };
}
