import type { Denoiser } from '../models/denoiser.js';
import { moleculeInputs } from '../models/molecule-tensors.js';
import { requireWeights, type Weights } from '../nn/index.js';
import type { OpenOptions, Runtime } from '../runtime/index.js';
import { compile, input } from '../tensor/index.js';
import type { MoleculeBatch } from './molecule-batch.js';
import type { ScoreFunction } from './score-function.js';

/** A denoiser with its weights, ready to run. */
export interface OpenDenoiser {
  /**
   * The expected positions without noise.
   * @param positions [nodes · 3], in ångström
   * @param sigma the deviation of the noise in them
   * @returns [nodes · 3], each molecule's centre at 0; overwritten by the next call of the same function
   */
  of(molecules: MoleculeBatch): (positions: Float32Array, sigma: number) => Promise<Float32Array>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/**
 * Compiles a denoiser with its weights and opens it on a device.
 * @throws UserError if the weights are not this network's
 */
export async function openDenoiser(
  runtime: Runtime,
  model: Denoiser,
  weights: Weights,
  options?: OpenOptions,
): Promise<OpenDenoiser> {
  requireWeights(model.parameters, weights);
  const denoised = model.denoise(moleculeInputs(), input('noisy', ['nodes', 3]), input('sigma', ['graphs', 1]));
  const executable = await runtime.open(compile({ denoised }, { constants: weights, name: 'denoiser' }), options);
  return {
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
