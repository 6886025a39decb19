import type { OpenDenoiser } from './denoiser-run.js';
import { batchEdgesOf, type ConformerMaker, type PlainRequest, streamOf } from './generate-protocol.js';
import { type ConformerRequest, makeConformers } from './make-conformers.js';

/** The request with its random numbers. */
export const requestOf = ({ molecule, stream, trace }: PlainRequest): ConformerRequest => ({
  molecule,
  rng: streamOf(stream),
  trace,
});

/** Makes conformers on the calling thread, as a page does in its own worker. It owns the denoiser. */
export function localMaker(denoiser: OpenDenoiser, { device = 'cpu' }: { device?: string } = {}): ConformerMaker {
  return {
    parallel: 1,
    batchEdges: batchEdgesOf(device),
    make: (requests, settings, signal) => makeConformers(denoiser, requests.map(requestOf), settings, { signal }),
    close: () => denoiser.close(),
  };
}
