import type { SafetensorsFile } from '../../files/safetensors.js';
import { graphMean } from '../../graphs/index.js';
import type { Trained } from '../../networks/weight-file.js';
import type { Parameter } from '../../nn/index.js';
import { add, gather, mul, sub, type Tensor } from '../../tensor/index.js';
import { Denoiser, type DenoiserOptions } from './denoiser.js';
import { decodeDenoiserFile } from './denoiser-file.js';
import type { NetworkForm } from './denoiser-run.js';
import type { MoleculeTensors } from './molecule-tensors.js';
import { decodeScoreNetworkFile } from './score-file.js';
import type { ScoreNetwork } from './score-network.js';

/** A network that conformers are sampled with, as a denoiser, whatever it is inside. */
export interface ConformerNetwork {
  readonly parameters: readonly Parameter[];
  readonly form: NetworkForm;
  /** As {@link Denoiser.denoise}. */
  denoise(molecules: MoleculeTensors, noisy: Tensor, sigma: Tensor): Tensor;
}

/** A network that makes conformers, described: plain data. */
export interface ConformerNetworkConfig {
  /** Its name. */
  readonly model: string;
  readonly [option: string]: unknown;
}

export function denoiserNetwork(options: DenoiserOptions): ConformerNetwork {
  const model = new Denoiser(options);
  const denoise: ConformerNetwork['denoise'] = (...given) => model.denoise(...given);
  return { parameters: model.parameters, form: { graphs: 'pairs' }, denoise };
}

/** The lowest noise level of the published score network, in ångström. */
const LOWEST_LEVEL = 0.01;

/** A score network as a denoiser, by Tweedie's formula: D(x; σ) = x + σ² score(x; σ), centred. */
export const scoreDenoiser = (network: Pick<ScoreNetwork, 'score' | 'parameters'>): ConformerNetwork => ({
  parameters: network.parameters,
  form: { graphs: 'bonded', lowestSigma: LOWEST_LEVEL },
  denoise(molecules, noisy, sigma) {
    const { graph } = molecules;
    const score = network.score(molecules, noisy, sigma);
    const moved = add(noisy, mul(score, gather(mul(sigma, sigma), graph.graphOfNode))); // [nodes, 3]
    return sub(moved, graphMean(moved, graph));
  },
});

/** A trained network: what it is, its weights, and where they come from. */
export interface ConformerWeights extends Trained<ConformerNetworkConfig> {
  readonly network: ConformerNetwork;
}

/** Reads a weight file of a denoiser. @throws UserError if it is none, or damaged */
export function readDenoiser(file: SafetensorsFile, source: string): ConformerWeights {
  const { model: _, ...read } = decodeDenoiserFile(file, source);
  return { ...read, network: denoiserNetwork(read.config) };
}

/** Reads a weight file of a score network. @throws UserError if it is none, or damaged */
export function readScoreNetwork(file: SafetensorsFile, source: string): ConformerWeights {
  const { model, ...read } = decodeScoreNetworkFile(file, source);
  return { ...read, network: scoreDenoiser(model) };
}
