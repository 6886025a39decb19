import { graphSizes } from '../../graphs/index.js';
import { requireWeights, type Weights } from '../../nn/index.js';
import type { OpenOptions, Runtime } from '../../runtime/index.js';
import { compile, input } from '../../tensor/index.js';
import { type BondGraph, bondGraphFeeds, bondGraphInputs } from './bond-graph.js';
import type { ScoreFunction } from './score-function.js';
import type { ScoreNetwork } from './score-network.js';

/** A score network with its weights, ready to run. */
export interface Scorer {
  /**
   * The score function of some molecules.
   * @throws UserError for elements and kinds of edge that the network has no room for
   */
  of(molecules: BondGraph): ScoreFunction;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/**
 * Compiles a score network with its weights and opens it on a device.
 * @throws UserError if the weights are not this network's
 */
export async function openScorer(
  runtime: Runtime,
  network: ScoreNetwork,
  weights: Weights,
  options?: OpenOptions,
): Promise<Scorer> {
  requireWeights(network.parameters, weights);
  const [positions, sigma] = [input('positions', ['nodes', 3]), input('sigma', ['graphs', 1])];
  const program = compile({ score: network.score(bondGraphInputs(), positions, sigma) }, { constants: weights });
  const executable = await runtime.open(program, options);
  return {
    of(molecules) {
      const [feeds, sizes] = [bondGraphFeeds(molecules), graphSizes(molecules)];
      const levels = new Float32Array(molecules.graphs);
      const into = { score: new Float32Array(3 * molecules.nodes) };
      return async (positions, sigma) =>
        (await executable.run({ ...feeds, positions, sigma: levels.fill(sigma) }, sizes, into)).score;
    },
    close: () => executable.close(),
  };
}
