import { graphMean } from '../../graphs/index.js';
import { type BondGraphTensors, bondGraphInputs } from '../../models/bond-graph.js';
import type { ScoreNetwork, ScoreOptions } from '../../models/score-network.js';
import { trainable, type Weights } from '../../nn/index.js';
import {
  add,
  cast,
  compile,
  div,
  gather,
  gradient,
  input,
  mul,
  type Program,
  reshape,
  scatterAdd,
  sub,
  sum,
  type Tensor,
} from '../../tensor/index.js';

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

export interface ScoreMatchingOptions extends ScoreOptions {
  /** Values of the parameters that are not trained: they become constants of the programs. Fed like others if left out. */
  readonly fixed?: Weights;
}

/** The programs that training runs. */
export interface ScoreMatchingPrograms {
  /** `loss` [] = `scale` · Σ of the molecules' losses. */
  readonly loss: Program;
  /** The same with `grad.NAME` for every trainable parameter, and with dropout where that is asked for. */
  readonly gradient: Program;
}

/**
 * Compiles the loss and its gradient. Fed beside weights and molecules: `positions`, `noise`, `sigma`, and `scale`
 * [1], which is 1 / the number of molecules for a mean. With dropout, the gradient's program takes masks besides, see
 * {@link dropoutMasks}.
 */
export function compileScoreMatching(
  network: ScoreNetwork,
  { fixed, ...options }: ScoreMatchingOptions = {},
): ScoreMatchingPrograms {
  const example: NoisedMolecules = {
    molecules: bondGraphInputs(),
    positions: input('positions', ['nodes', 3]),
    noise: input('noise', ['nodes', 3]),
    sigma: input('sigma', ['graphs', 1]),
  };
  const scale = reshape(input('scale', [1]), []);
  const total = (chosen?: ScoreOptions): Tensor => mul(sum(scoreMatchingLosses(network, example, chosen)), scale);
  const loss = total(options);
  const parameters = trainable(network.parameters);
  const slopes = gradient(
    loss,
    parameters.map(({ tensor }) => tensor),
  );
  const named = slopes.map((slope, k) => [`grad.${parameters[k].name}`, slope]);
  return {
    loss: compile({ loss: total() }, { name: 'loss', constants: fixed }),
    gradient: compile({ loss, ...Object.fromEntries(named) }, { name: 'gradient', constants: fixed }),
  };
}
