import type { Rng } from '../../random/generator.js';
import { type Ensemble, theoryLevels } from '../dataset/ensemble.js';
import { graphForms } from '../graphs/bonded-graph.js';
import { batchMolecules } from '../graphs/molecule-batch.js';
import type { OpenDenoiser } from '../networks/denoiser-run.js';
import { centred } from '../sampling/centre.js';
import { noised } from './denoising.js';

/** How far atoms are from where they belong: root mean squares over all atoms, in ångström. */
export interface NoiseError {
  /** The deviation of the noise, in ångström. */
  readonly sigma: number;
  /** Under the noise. */
  readonly noisy: number;
  /** Where the network puts them. */
  readonly denoised: number;
}

/** Conformers side by side in a run of the network. */
const BATCH = 8;

/**
 * How well a denoiser takes away noise of each deviation, on the first conformer of each ensemble. As in training, the
 * clean shape is laid on the noised one.
 */
export async function noiseErrors(
  denoiser: OpenDenoiser,
  ensembles: readonly Ensemble[],
  sigmas: readonly number[],
  { rng, signal }: { readonly rng: Rng; readonly signal?: AbortSignal },
): Promise<NoiseError[]> {
  const sums = sigmas.map((sigma) => ({ sigma, noisy: 0, denoised: 0 }));
  let atoms = 0;
  for (let begin = 0; begin < ensembles.length; begin += BATCH) {
    const part = ensembles.slice(begin, begin + BATCH);
    const batch = batchMolecules(
      part.map(({ molecule }) => graphForms[denoiser.graphs ?? 'pairs'](molecule)),
      part.map(({ level }) => theoryLevels.indexOf(level)),
      denoiser.graphs,
    );
    const denoise = denoiser.of(batch);
    const shapes = part.map(({ conformers }) => centred(conformers[0]));
    atoms += batch.sizes.nodes;
    for (const [k, sum] of sums.entries()) {
      signal?.throwIfAborted();
      const pairs = shapes.map((shape, i) => noised(shape, sum.sigma, rng.fork(begin + i).fork(k)));
      const noisy = joined(pairs.map((pair) => pair.noisy));
      const clean = joined(pairs.map((pair) => pair.clean));
      sum.noisy += squaredDistance(noisy, clean);
      sum.denoised += squaredDistance(await denoise(noisy, sum.sigma), clean);
    }
  }
  return sums.map(({ sigma, noisy, denoised }) => ({
    sigma,
    noisy: Math.sqrt(noisy / atoms),
    denoised: Math.sqrt(denoised / atoms),
  }));
}

const joined = (parts: readonly Float64Array[]): Float32Array =>
  Float32Array.from(parts.flatMap((part) => Array.from(part)));

const squaredDistance = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0);
