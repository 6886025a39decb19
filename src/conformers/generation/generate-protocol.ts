import type { Failure } from '../../common/failure.js';
import type { Molecule } from '../../molecules/molecule.js';
import { Rng } from '../../random/generator.js';
import type { Program } from '../../tensor/index.js';
import type { FailedConformer, MadeConformer, MakingSettings } from '../making/make-conformers.js';
import type { NetworkForm } from '../networks/denoiser-run.js';

/** A request as plain data, which may go to another thread. */
export interface PlainRequest {
  readonly molecule: Molecule;
  /** These decide all its random numbers. */
  readonly stream: RequestStream;
  /** Whether the way to the conformer is kept. */
  readonly trace?: boolean;
}

/** What names the random numbers of one conformer. */
export interface RequestStream {
  readonly seed: number;
  /** The number of the molecule among those given, from 0. */
  readonly molecule: number;
  /** The number of the conformer among those asked for, from 0. */
  readonly conformer: number;
}

/** The random numbers of a request. */
export const streamOf = ({ seed, molecule, conformer }: RequestStream): Rng =>
  Rng.fromSeed(seed).fork(molecule).fork(conformer);

/** Makes conformers, on this thread or on others. */
export interface ConformerMaker {
  /** How many calls of `make` it is well to have running at a time. */
  readonly parallel: number;
  /** How many edges sampled together suit the device. */
  readonly batchEdges: number;
  /**
   * @returns what became of each request, in order
   * @throws UserError for mistakes of the user's, the signal's reason when aborted
   */
  make(
    requests: readonly PlainRequest[],
    settings: MakingSettings,
    signal?: AbortSignal,
  ): Promise<(MadeConformer | FailedConformer)[]>;
  /** Frees what it computes with. */
  close(): Promise<void>;
}

/**
 * Edges that are sampled together: on a processor, as many as keep the activations in its second-level cache; a GPU
 * wants more.
 */
export const batchEdgesOf = (device: string): number => (device === 'webgpu' ? 30_000 : 1200);

/** What every generating thread is started with. */
export interface GenerateSetup {
  /** The denoiser with its weights. */
  readonly program: Program;
  /** Default that of a denoiser. */
  readonly form?: NetworkForm;
  readonly device: string;
}

/** A request as it is sent: the molecule by its number. */
export interface SentRequest extends Omit<PlainRequest, 'molecule'> {
  readonly molecule: number;
}

/** What the pool tells a thread: to make conformers, to stop doing so, or to end. */
export type GenerateOrder =
  | {
      readonly kind: 'make';
      readonly job: number;
      /** By number. A thread that has had one before keeps that: what is computed once a molecule hangs on it. */
      readonly molecules: ReadonlyMap<number, Molecule>;
      readonly requests: readonly SentRequest[];
      readonly settings: MakingSettings;
    }
  | { readonly kind: 'cancel'; readonly job: number }
  | { readonly kind: 'stop' };

/** What a thread answers; without a job's number, why it is of no use. */
export type GenerateAnswer =
  | { readonly job: number; readonly results: (MadeConformer | FailedConformer)[] }
  | ({ readonly job?: number } & Failure);
