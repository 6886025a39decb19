import { setMaxListeners } from 'node:events';
import { requirePositiveInteger } from '../../common/checks.js';
import { type EngineThread, endEngine, startEngine } from '../../common/engine-thread.node.js';
import { errorOf } from '../../common/failure.js';
import type { Molecule } from '../../molecules/molecule.js';
import { openCentres } from '../../molecules/stereo/isomers.js';
import { type FailedConformer, isMade, type MadeConformer, type MakingSettings } from '../making/make-conformers.js';
import {
  batchEdgesOf,
  type ConformerMaker,
  type GenerateAnswer,
  type GenerateOrder,
  type GenerateSetup,
  type PlainRequest,
} from './generate-protocol.js';

type Results = (MadeConformer | FailedConformer)[];

interface Job {
  readonly number: number;
  readonly requests: readonly PlainRequest[];
  readonly settings: MakingSettings;
  readonly resolve: (results: Results) => void;
  readonly reject: (error: unknown) => void;
}

interface Member extends EngineThread {
  job: Job | undefined;
}

/**
 * Threads that make conformers, each with its own engine. They start as there is work for them; idle ones do not keep
 * the process alive. What a conformer becomes does not depend on which thread makes it.
 */
export class GeneratePool implements ConformerMaker {
  readonly parallel: number;
  readonly batchEdges: number;
  readonly #setup: GenerateSetup;
  readonly #workers: number;
  readonly #members: Member[] = [];
  readonly #waiting: Job[] = [];
  readonly #numbers = new WeakMap<Molecule, number>();
  #nextMolecule = 0;
  #nextJob = 0;
  /** Why the pool is of no more use. */
  #failure: Error | undefined;

  /** @throws UserError for a number of workers that is no whole number of at least 1 */
  constructor(setup: GenerateSetup, workers: number) {
    this.#workers = requirePositiveInteger(workers, 'the number of workers');
    this.#setup = setup;
    // More than there are threads: while the first job is waited for, the others have something to do.
    this.parallel = 3 * workers;
    this.batchEdges = batchEdgesOf(setup.device);
  }

  make(requests: readonly PlainRequest[], settings: MakingSettings, signal?: AbortSignal): Promise<Results> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => this.#cancel(job, signal?.reason);
      if (signal) setMaxListeners(0, signal); // one listener a job is no leak
      signal?.addEventListener('abort', onAbort, { once: true });
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', onAbort);
          then(value);
        };
      const job = {
        number: this.#nextJob++,
        requests,
        settings,
        resolve: settled(resolve),
        reject: settled(reject),
      };
      this.#waiting.push(job);
      this.#assign();
    });
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const free = this.#members.find(({ job }) => !job) ?? this.#start();
      const job = free && this.#waiting.shift();
      if (!job) return;
      free.job = job;
      free.worker.ref();
      free.worker.postMessage(this.#orderOf(job));
    }
  }

  /** Another thread, if there may be one. */
  #start(): Member | undefined {
    if (this.#members.length >= this.#workers) return undefined;
    const thread = startEngine(new URL('./generate-worker.node.js', import.meta.url), this.#setup);
    const member: Member = { ...thread, job: undefined };
    const { worker } = thread;
    worker.on('message', (answer: GenerateAnswer) => this.#receive(member, answer));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', (code) => this.#fail(new Error(`a generating thread stopped with exit code ${code}`)));
    this.#members.push(member);
    return member;
  }

  #orderOf({ number, requests, settings }: Job): GenerateOrder {
    const molecules = new Map<number, Molecule>();
    const sent = requests.map(({ molecule, ...request }) => {
      const known = this.#numbers.get(molecule) ?? this.#nextMolecule++;
      this.#numbers.set(molecule, known);
      molecules.set(known, molecule);
      return { ...request, molecule: known };
    });
    return { kind: 'make', job: number, molecules, requests: sent, settings };
  }

  #receive(member: Member, answer: GenerateAnswer): void {
    if (answer.job === undefined) {
      this.#fail('error' in answer ? errorOf(answer) : new Error('a generating thread answered nothing'));
      return;
    }
    const { job } = member;
    member.job = undefined;
    member.worker.unref();
    if ('error' in answer) job?.reject(errorOf(answer));
    else job?.resolve(withOwnMolecules(answer.results, job.requests));
    this.#assign();
  }

  /** The promise is rejected at once; the thread, if one is at it, stops at its next step. */
  #cancel(job: Job, reason: unknown): void {
    const waiting = this.#waiting.indexOf(job);
    if (waiting >= 0) this.#waiting.splice(waiting, 1);
    const member = this.#members.find((one) => one.job === job);
    member?.worker.postMessage({ kind: 'cancel', job: job.number } satisfies GenerateOrder);
    job.reject(reason);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const job of this.#waiting.splice(0)) job.reject(this.#failure);
    for (const { job } of this.#members) job?.reject(this.#failure);
  }

  /** Ends the threads; what they still make is rejected. */
  async close(): Promise<void> {
    this.#fail(new Error('the generating threads were closed'));
    await Promise.all(this.#members.map((member) => endEngine(member, { kind: 'stop' } satisfies GenerateOrder)));
  }
}

/** A molecule that came back as it was sent is the caller's own again. */
function withOwnMolecules(results: Results, requests: readonly PlainRequest[]): Results {
  return results.map((result, k) => {
    const { molecule } = requests[k];
    return isMade(result) && openCentres(molecule).length === 0 ? { ...result, molecule } : result;
  });
}
