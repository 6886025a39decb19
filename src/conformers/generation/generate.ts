import type { Molecule } from '../../molecules/molecule.js';
import type { MakingResult } from '../making/made-conformer.js';
import { makingSettings } from '../making/making-settings.js';
import type { ConformerMaker } from './conformer-maker.js';
import { type Chunk, chunksOf } from './generate-chunks.js';
import type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generated.js';
import { GeneratedCollector } from './generated-collector.js';

interface Running {
  readonly chunk: Chunk;
  readonly results: Promise<MakingResult[]>;
}

/**
 * Makes conformers of molecules, several molecules at once where they are small, and gives each as soon as it and all
 * before it are finished; after the last one of a molecule comes a summary. The same for any number of threads.
 *
 * @throws UserError for options that make no sense; the signal's reason when aborted
 */
export async function* generateConformers(
  molecules: Iterable<Molecule> | AsyncIterable<Molecule>,
  maker: ConformerMaker,
  options: GenerateOptions,
): AsyncGenerator<GeneratedConformer | MoleculeSummary, void> {
  const { signal, onProgress } = options;
  const settings = makingSettings(options, maker.methods);
  const { oversample } = settings;
  const collector = new GeneratedCollector({ ...options, oversample });
  let finished = 0;
  const running: Running[] = [];
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const finish = async function* () {
    const first = running.shift();
    if (!first) return;
    const results = await first.results;
    const before = Math.floor(finished / oversample);
    finished += results.length;
    onProgress?.(Math.floor(finished / oversample) - before);
    yield* collector.collect(first.chunk, results);
  };
  try {
    for await (const chunk of chunksOf(molecules, maker.batchEdges, { ...options, oversample })) {
      signal?.throwIfAborted();
      const results = maker.make(chunk.requests, settings, stop.signal);
      results.catch(() => undefined); // it is awaited in its turn
      running.push({ chunk, results });
      if (running.length >= maker.parallel) yield* finish();
    }
    while (running.length > 0) yield* finish();
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Where the reader leaves early or something failed, the rest is wanted no more.
    if (running.length > 0) stop.abort(new Error('no more conformers are wanted'));
    await Promise.allSettled(running.map(({ results }) => results));
  }
}
