import { requireWeights, type Weights } from '../../nn/index.js';
import type { OpenOptions, Runtime } from '../../runtime/index.js';
import { compile, input, type Program } from '../../tensor/index.js';
import type { GraphForm } from '../graphs/bonded-graph.js';
import type { MoleculeBatch } from '../graphs/molecule-batch.js';
import type { Denoiser } from './denoiser.js';
import { moleculeInputs } from './molecule-tensors.js';
import type { ScoreFunction } from './score-function.js';

/** What sampling must know of a network in addition to its program: plain data. */
export interface NetworkForm {
  /** The graphs of molecules that it takes. Default pairs. */
  readonly graphs?: GraphForm;
  /** The noise level at which the published samplers end, in ångström. Default as for the denoiser. */
  readonly lowestSigma?: number;
}

/** A denoiser with its weights, ready to run. */
export interface OpenDenoiser extends NetworkForm {
  /**
   * The expected positions without noise: a function of the positions, [nodes · 3] in ångström, and of `sigma`, the
   * deviation of the noise in them.
   * @returns what gives [nodes · 3], each molecule's centre at 0; overwritten by the next call of the same function
   */
  of(molecules: MoleculeBatch): (positions: Float32Array, sigma: number) => Promise<Float32Array>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/**
 * Compiles a denoiser with its weights.
 * @throws UserError if the weights are not this network's
 */
export function compileDenoiser(model: Pick<Denoiser, 'denoise' | 'parameters'>, weights: Weights): Program {
  requireWeights(model.parameters, weights);
  const denoised = model.denoise(moleculeInputs(), input('noisy', ['nodes', 3]), input('sigma', ['graphs', 1]));
  return compile({ denoised }, { constants: weights, name: 'denoiser' });
}

/** Opens a compiled denoiser on a device. @param options of the program, and the form of its network */
export async function openDenoiser(
  runtime: Runtime,
  program: Program,
  { graphs, lowestSigma, ...options }: OpenOptions & NetworkForm = {},
): Promise<OpenDenoiser> {
  const executable = await runtime.open(program, options);
  return {
    graphs,
    lowestSigma,
    of({ feeds, sizes }) {
      const levels = new Float32Array(sizes.graphs);
      const into = { denoised: new Float32Array(3 * sizes.nodes) };
      return async (positions, sigma) =>
        (await executable.run({ ...feeds, noisy: positions, sigma: levels.fill(sigma) }, sizes, into)).denoised;
    },
    close: () => executable.close(),
  };
}

/** The score that a denoiser knows: (D(x; σ) − x) / σ² (Karras et al. 2022, eq. 3). */
export function scoreOf(denoise: ReturnType<OpenDenoiser['of']>): ScoreFunction {
  let score = new Float32Array(0);
  return async (positions, sigma) => {
    const clean = await denoise(positions, sigma);
    if (score.length !== clean.length) score = new Float32Array(clean.length);
    for (let k = 0; k < score.length; k++) score[k] = (clean[k] - positions[k]) / sigma ** 2;
    return score;
  };
}
