import type { Molecule } from '../../molecules/molecule.js';
import { Rng } from '../../random/generator.js';
import type { MakingResult } from '../making/made-conformer.js';
import type { MakingSettings } from '../making/making-settings.js';
import type { SamplingMethods } from '../sampling/methods.js';

/** A request as plain data, which may go to another thread. */
export interface PlainRequest {
  readonly molecule: Molecule;
  /** These decide all its random numbers. */
  readonly stream: RequestStream;
  /** Whether the trajectory to the conformer is kept. */
  readonly trace?: boolean;
}

/** Which random numbers a request takes. */
export interface RequestStream {
  readonly seed: number;
  /** The number of the molecule among those given, from 0. */
  readonly molecule: number;
  /** The number of the conformer among those requested, from 0. */
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
  /** The samplers and starts that it knows. Default those that come with clofnet. */
  readonly methods?: SamplingMethods;
  /**
   * @returns what became of each request, in order
   * @throws UserError for mistakes of the user's, the signal's reason when aborted
   */
  make(requests: readonly PlainRequest[], settings: MakingSettings, signal?: AbortSignal): Promise<MakingResult[]>;
  /** Frees memory and threads. */
  close(): Promise<void>;
}

/**
 * Edges that are sampled together: on a processor, as many as keep the activations in its second-level cache; a GPU
 * wants more.
 */
export const batchEdgesOf = (device: string): number => (device === 'webgpu' ? 30_000 : 1200);
