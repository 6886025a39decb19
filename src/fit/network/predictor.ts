import { requireWeights, type Weights } from '../../nn/index.js';
import type { Executable, OpenOptions, Runtime } from '../../runtime/index.js';
import { cast, compile } from '../../tensor/index.js';
import { type GeometrySet, geometryCount } from '../data/geometry-set.js';
import { widthInMemory } from '../quantity.js';
import { batchOf } from './batch.js';
import type { FitNetworkConfig } from './fit-config.js';
import { type FitNetwork, geometryInputs, shiftsOf } from './fit-network.js';
import { type SeenGeometries, seenGeometries } from './seen-geometries.js';

/** What a network says of geometries: each target's numbers, [geometries or atoms, width in memory], by its name. */
export type FitPredictions = Readonly<Record<string, Float64Array>>;

/** A fitted network, ready to run on geometries. */
export interface FitPredictor {
  readonly config: FitNetworkConfig;
  /**
   * Predicts all targets of geometries, in the units of the network.
   * @throws UserError for species that the network has not learned, and inputs that are missing
   */
  predict(set: GeometrySet): Promise<FitPredictions>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/** How {@link openFitPredictor} opens a network. */
export interface FitPredictorOptions extends OpenOptions {
  /** Geometries run together up to so many edges, which keeps what they need in the cache. Default 3000. */
  readonly maxEdges?: number;
}

/**
 * Compiles a network with its weights and opens it on a device.
 * @throws UserError if the weights are not this network's
 */
export async function openFitPredictor(
  runtime: Runtime,
  network: FitNetwork,
  weights: Weights,
  { maxEdges = 3000, ...options }: FitPredictorOptions = {},
): Promise<FitPredictor> {
  requireWeights(network.parameters, weights);
  const { config } = network;
  const inputs = geometryInputs(config.inputs);
  // That the sizes of graphs are an input says how many graphs there are.
  const outputs = { ...network.predict(inputs), graph_count: cast(inputs.graph.graphSizes, 'float32') };
  const executable = await runtime.open(compile(outputs, { constants: weights }), options);
  return {
    config,
    async predict(set) {
      const seen = seenGeometries(set, config);
      const into = config.targets.map((target) => {
        const rows = target.of === 'graph' ? geometryCount(set) : set.species.length;
        return { target, width: widthInMemory(target), data: new Float64Array(rows * widthInMemory(target)) };
      });
      for (const chosen of pieces(seen, maxEdges)) await predictPiece(executable, seen, chosen, into);
      for (const { target, data } of into) {
        shiftsOf(target, seen.species, set.sizes)?.forEach((shift, k) => {
          data[k] += shift;
        });
      }
      return Object.fromEntries(into.map(({ target, data }) => [target.name, data]));
    },
    close: () => executable.close(),
  };
}

/** Runs of geometries with at most so many edges together, or one that has more. */
function* pieces({ edges }: SeenGeometries, maxEdges: number): Generator<Int32Array> {
  const count = edges.first.length - 1;
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && edges.first[end + 1] - edges.first[start] <= maxEdges) end++;
    yield Int32Array.from({ length: end - start }, (_, k) => start + k);
    start = end;
  }
}

interface Rows {
  readonly target: FitNetworkConfig['targets'][number];
  readonly width: number;
  readonly data: Float64Array;
}

async function predictPiece(
  executable: Executable,
  seen: SeenGeometries,
  chosen: Int32Array,
  into: readonly Rows[],
): Promise<void> {
  const { feeds, sizes } = batchOf(seen, chosen);
  const found = await executable.run(feeds, sizes);
  for (const { target, width, data } of into) {
    const row = target.of === 'graph' ? chosen[0] : seen.first[chosen[0]];
    data.set(found[target.name], row * width);
  }
}
