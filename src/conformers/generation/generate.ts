import type { Molecule } from '../../molecules/molecule.js';
import {
  type FailedConformer,
  type MadeConformer,
  type MakingOptions,
  makingSettings,
} from '../making/make-conformers.js';
import { type Chunk, type ChunkOptions, chunksOf } from './generate-chunks.js';
import type { ConformerMaker } from './generate-protocol.js';
import { GeneratedCollector } from './generated-collector.js';

/** What {@link generateConformers} makes, and how. */
export interface GenerateOptions extends MakingOptions, ChunkOptions {
  /**
   * Conformers this near to an earlier one of the same isomer, in ångström RMSD of heavy atoms, are left out; from a
   * surplus others are chosen in their place.
   */
  readonly unique?: number;
  readonly signal?: AbortSignal;
  /** Told whenever conformers are finished, those that failed too; of a surplus, its share of those asked for. */
  readonly onProgress?: (finished: number) => void;
}

/** A conformer, and what it is of. */
export interface GeneratedConformer extends MadeConformer {
  readonly kind: 'conformer';
  /** The number of the molecule among those given, from 0. */
  readonly index: number;
  /** The molecule as it was given; `molecule` is the isomer of it that was made. */
  readonly given: Molecule;
  /** The number of the conformer among those asked for, from 0. */
  readonly number: number;
  /**
   * How often the sampler ran for it: as often as it was drawn, and for its share of those that were not chosen; never
   * for molecules of one shape.
   */
  readonly sampled: number;
}

/** What is told once all conformers of a molecule are there. */
export interface MoleculeSummary {
  readonly kind: 'molecule';
  readonly index: number;
  /** As it was given. */
  readonly molecule: Molecule;
  readonly asked: number;
  /** How many were drawn to choose from; as many as were asked for where there is no surplus. */
  readonly drawn: number;
  readonly made: number;
  /** Of those made and duplicates, how many were drawn more than once, and how many had been their mirror image. */
  readonly redrawn: number;
  readonly mirrored: number;
  /** Left out for being near to another one; of a surplus, how many fewer could be chosen for that. */
  readonly duplicates: number;
  /** Those that came out wrong every time; of a surplus, as many as are missing for that. */
  readonly failed: readonly FailedConformer[];
}

interface Running {
  readonly chunk: Chunk;
  readonly results: Promise<(MadeConformer | FailedConformer)[]>;
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
  const settings = makingSettings(options);
  const { surplus } = settings;
  const collector = new GeneratedCollector({ ...options, surplus });
  let finished = 0;
  const running: Running[] = [];
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const finish = async function* () {
    const first = running.shift();
    if (!first) return;
    const results = await first.results;
    const before = Math.floor(finished / surplus);
    finished += results.length;
    onProgress?.(Math.floor(finished / surplus) - before);
    yield* collector.collect(first.chunk, results);
  };
  try {
    for await (const chunk of chunksOf(molecules, maker.batchEdges, { ...options, surplus })) {
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
