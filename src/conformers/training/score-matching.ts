import { graphMean } from '../../graphs/index.js';
import { add, cast, div, gather, input, mul, reshape, scatterAdd, sub, sum, type Tensor } from '../../tensor/index.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import { type BondGraphTensors, bondGraphInputs } from '../networks/bond-graph.js';
import type { ScoreNetwork, ScoreOptions } from '../networks/score-network.js';

/** Molecules and the noise that moves their atoms. */
export interface NoisedMolecules {
  readonly molecules: BondGraphTensors;
  /** Clean positions, [nodes, 3], in ångström. */
  readonly positions: Tensor;
  /** Standard normals, [nodes, 3]. */
  readonly noise: Tensor;
  /** The deviation of the noise of every molecule, [graphs, 1], in ångström. */
  readonly sigma: Tensor;
}

/**
 * Denoising score matching (Vincent 2011) as published, one number a molecule: with x̃ = x + σ·noise, the mean over
 * atoms of ½‖score(x̃, σ) + noise/σ‖²·σ². For a network that takes positions relative to the centre, the noise is
 * centred too: it cannot know where the centre was.
 * @returns [graphs, 1]
 */
export function scoreMatchingLosses(
  network: Pick<ScoreNetwork, 'score' | 'recentre'>,
  { molecules, positions, noise: drawn, sigma }: NoisedMolecules,
  options: ScoreOptions = {},
): Tensor {
  const { graph } = molecules;
  const deviation = gather(sigma, graph.graphOfNode); // [nodes, 1]
  const noise = network.recentre ? sub(drawn, graphMean(drawn, graph)) : drawn;
  const noised = add(positions, mul(deviation, noise));
  const error = add(mul(deviation, network.score(molecules, noised, sigma, options)), noise); // [nodes, 3]
  const ofAtoms = mul(sum(mul(error, error), [1], { keepDims: true }), 0.5); // [nodes, 1]
  const atoms = reshape(cast(graph.graphSizes, 'float32'), ['graphs', 1]);
  return div(scatterAdd(ofAtoms, graph.graphOfNode, 'graphs'), atoms);
}

/**
 * Compiles the loss, `scale` · Σ of the molecules' losses, and its gradient: with dropout in the gradient, where that is
 * asked for, and never in the loss. Fed beside weights and molecules: `positions`, `noise`, `sigma`, `scale` [1], and for
 * dropout the masks of {@link dropoutMasks}. Parameters that are not trained have their place among the weights, and a
 * gradient of zero.
 */
export function compileScoreMatching(
  network: Pick<ScoreNetwork, 'score' | 'recentre' | 'parameters'>,
  options: ScoreOptions = {},
): TrainingPrograms {
  const example: NoisedMolecules = {
    molecules: bondGraphInputs(),
    positions: input('positions', ['nodes', 3]),
    noise: input('noise', ['nodes', 3]),
    sigma: input('sigma', ['graphs', 1]),
  };
  const scale = reshape(input('scale', [1]), []);
  const total = (chosen?: ScoreOptions): Tensor => mul(sum(scoreMatchingLosses(network, example, chosen)), scale);
  return compileTraining(total(options), network.parameters, total());
}
