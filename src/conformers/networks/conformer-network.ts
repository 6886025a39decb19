import type { SafetensorsFile } from '../../files/safetensors.js';
import { graphMean } from '../../graphs/index.js';
import { decodeWeights, kindOfFile, type Trained } from '../../networks/weight-file.js';
import type { Parameter } from '../../nn/index.js';
import { add, gather, mul, sub, type Tensor } from '../../tensor/index.js';
import { Denoiser, type DenoiserOptions } from './denoiser.js';
import { type DenoiserConfig, denoiserWeights } from './denoiser-file.js';
import type { NetworkForm } from './denoiser-run.js';
import type { MoleculeTensors } from './molecule-tensors.js';
import { type ScoreNetworkConfig, scoreWeights } from './score-file.js';
import { ScoreNetwork } from './score-network.js';

/** A network that conformers are sampled with, as a denoiser, whatever it is inside. */
export interface ConformerNetwork {
  readonly parameters: readonly Parameter[];
  readonly form: NetworkForm;
  /** As {@link Denoiser.denoise}. */
  denoise(molecules: MoleculeTensors, noisy: Tensor, sigma: Tensor): Tensor;
}

/** A network that makes conformers, described: plain data. */
export type ConformerNetworkConfig = DenoiserConfig | ScoreNetworkConfig;

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

/** The network that a description is of. @throws UserError for sizes that do not fit together */
export const conformerNetwork = (config: ConformerNetworkConfig): ConformerNetwork =>
  config.model === 'score' ? scoreDenoiser(new ScoreNetwork(config)) : denoiserNetwork(config);

/** A trained network: what it is, its weights, and where they come from. */
export interface ConformerWeights extends Trained<ConformerNetworkConfig> {
  readonly network: ConformerNetwork;
}

/**
 * Reads a weight file of a denoiser or of a score network.
 * @throws UserError if it is neither, or damaged
 */
export function decodeConformerWeights(file: SafetensorsFile, source: string): ConformerWeights {
  const kind = kindOfFile([denoiserWeights, scoreWeights], file, source);
  const trained: Trained<ConformerNetworkConfig> =
    kind === scoreWeights ? decodeWeights(scoreWeights, file, source) : decodeWeights(denoiserWeights, file, source);
  const { config, weights, provenance } = trained;
  return { config, network: conformerNetwork(config), weights, provenance };
}
