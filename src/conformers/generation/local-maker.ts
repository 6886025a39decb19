import { Turns } from '../../common/turns.js';
import { type ConformerRequest, makeConformers } from '../making/make-conformers.js';
import type { OpenDenoiser } from '../networks/denoiser-run.js';
import type { BatchOptions } from '../sampling/sample-batch.js';
import { batchEdgesOf, type ConformerMaker, type PlainRequest, streamOf } from './conformer-maker.js';

/** The request with its random numbers. */
export const requestOf = ({ molecule, stream, trace }: PlainRequest): ConformerRequest => ({
  molecule,
  rng: streamOf(stream),
  trace,
});

/** How {@link localMaker} makes conformers. */
export interface LocalMakerOptions extends Omit<BatchOptions, 'signal'> {
  /** What the denoiser was opened on. Default cpu. */
  readonly device?: string;
}

/**
 * Makes conformers on the calling thread, as a page does in its own worker. Events, such as that of a button that
 * stops it, get their turn all the while. It owns the denoiser.
 */
export function localMaker(
  denoiser: OpenDenoiser,
  { device = 'cpu', ...options }: LocalMakerOptions = {},
): ConformerMaker {
  return {
    parallel: 1,
    batchEdges: batchEdgesOf(device),
    methods: options.methods,
    make: (requests, settings, signal) =>
      makeConformers(yielding(denoiser, signal), requests.map(requestOf), settings, { ...options, signal }),
    close: () => denoiser.close(),
  };
}

/** A denoiser that lets events have their turn: WebAssembly answers at once, and nothing else would be heard. */
function yielding(denoiser: OpenDenoiser, signal: AbortSignal | undefined): OpenDenoiser {
  const turns = new Turns();
  return {
    ...denoiser,
    of(molecules) {
      const denoise = denoiser.of(molecules);
      return async (positions, sigma) => {
        await turns.pause(signal);
        return denoise(positions, sigma);
      };
    },
    close: () => denoiser.close(),
  };
}
