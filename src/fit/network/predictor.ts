import { requireWeights, type Weights } from '../../nn/index.js';
import type { Executable, OpenOptions, Runtime } from '../../runtime/index.js';
import { compile, input, reshape } from '../../tensor/index.js';
import { type GeometrySet, geometryCount } from '../data/geometry-set.js';
import { widthInMemory } from '../quantity.js';
import { batchOf } from './batch.js';
import type { FitNetworkConfig } from './fit-config.js';
import { type FitNetwork, geometryInputs, shiftsOf } from './fit-network.js';
import { type Region, regionInputs, regionsOf, WANTED } from './regions.js';
import { type SeenGeometries, seenGeometries } from './seen-geometries.js';

/** What a network says of geometries: each target's numbers, [geometries or atoms, width in memory], by its name. */
export type FitPredictions = Readonly<Record<string, Float64Array>>;

/** A fitted network, ready to run on geometries. */
export interface FitPredictor {
  readonly config: FitNetworkConfig;
  /**
   * Predicts all targets of geometries, in the units of the network.
   * @throws UserError for species that the network has not learned, inputs that are missing, atoms at one place or without
   * neighbours, and a periodic geometry where a target is a moment of charges
   */
  predict(set: GeometrySet): Promise<FitPredictions>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/** How {@link openFitPredictor} opens a network. */
export interface FitPredictorOptions extends OpenOptions {
  /** Geometries run together up to so many edges, which keeps what they need in the cache. Default 3000. */
  readonly maxEdges?: number;
  /**
   * A geometry of more edges than this is computed region by region, which takes less memory and more time, and gives the
   * same numbers. Default 100,000, which take a network of 64 channels about 2 GB. Moments of charges are those of whole
   * geometries: a network for dipoles takes every geometry at once.
   */
  readonly regionEdges?: number;
}

/**
 * Compiles a network with its weights and opens it on a device.
 * @throws UserError if the weights are not this network's
 */
export async function openFitPredictor(
  runtime: Runtime,
  network: FitNetwork,
  weights: Weights,
  { maxEdges = 3000, regionEdges = 100_000, ...options }: FitPredictorOptions = {},
): Promise<FitPredictor> {
  requireWeights(network.parameters, weights);
  const { config } = network;
  const inputs = geometryInputs(config.inputs);
  const executable = await runtime.open(compile(network.predict(inputs), { constants: weights }), options);
  const cuttable = !config.targets.some(({ moment }) => moment);
  let regions: Promise<Executable> | undefined;
  const openRegions = (): Promise<Executable> => {
    const outputs = network.predict(inputs, reshape(input(WANTED, ['nodes']), ['nodes', 1]));
    regions ??= runtime.open(compile(outputs, { constants: weights }), options);
    return regions;
  };
  return {
    config,
    async predict(set) {
      const seen = seenGeometries(set, config);
      const into = config.targets.map((target) => {
        const rows = target.of === 'graph' ? geometryCount(set) : set.species.length;
        return { target, width: widthInMemory(target), data: new Float64Array(rows * widthInMemory(target)) };
      });
      for (const chosen of pieces(seen, maxEdges)) {
        const [geometry] = chosen;
        const edges = seen.edges.first[geometry + 1] - seen.edges.first[geometry];
        if (cuttable && edges > regionEdges)
          await predictRegions(await openRegions(), seen, geometry, { into, rounds: network.rounds, regionEdges });
        else await predictPiece(executable, seen, chosen, into);
      }
      for (const { target, data } of into) {
        shiftsOf(target, seen.species, set.sizes)?.forEach((shift, k) => {
          data[k] += shift;
        });
      }
      return Object.fromEntries(into.map(({ target, data }) => [target.name, data]));
    },
    async close() {
      await executable.close();
      await (await regions)?.close();
    },
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

interface Cutting {
  readonly into: readonly Rows[];
  readonly rounds: number;
  readonly regionEdges: number;
}

/** One geometry, region by region. */
async function predictRegions(
  executable: Executable,
  seen: SeenGeometries,
  geometry: number,
  { into, rounds, regionEdges }: Cutting,
): Promise<void> {
  for (const region of regionsOf(seen, geometry, { rounds, maxEdges: regionEdges })) {
    const { feeds, sizes } = regionInputs(seen, geometry, region);
    const found = await executable.run(feeds, sizes);
    for (const rows of into) addRegion(rows, found[rows.target.name], { seen, geometry, region });
  }
}

/** Adds what a region says: of the whole geometry its part, of atoms those that are wanted, of gradients all. */
function addRegion(
  { target, width, data }: Rows,
  found: ArrayLike<number>,
  { seen, geometry, region }: { readonly seen: SeenGeometries; readonly geometry: number; readonly region: Region },
): void {
  if (target.of === 'graph') {
    const share = target.extensive ? 1 : 1 / seen.sizes[geometry];
    for (let i = 0; i < width; i++) data[geometry * width + i] += share * found[i];
    return;
  }
  const { atoms, core } = region;
  const count = target.gradientOf === undefined ? core : atoms.length;
  for (let k = 0; k < count; k++) {
    const row = (seen.first[geometry] + atoms[k]) * width;
    for (let i = 0; i < width; i++) data[row + i] += found[k * width + i];
  }
}
