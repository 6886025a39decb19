import { setMaxListeners } from 'node:events';
import { requirePositiveInteger } from './checks.js';
import { type EngineThread, endEngine, startEngine } from './engine-thread.node.js';
import { errorOf, failureOf } from './failure.js';
import type { Order, Reply, ThreadStart } from './thread-work.js';

export interface ThreadPoolOptions<Setup> {
  /** The largest number of threads. */
  readonly workers: number;
  /** Handed to each thread once, when it starts. */
  readonly setup?: Setup;
  /**
   * Whether the threads run ONNX Runtime. These are never terminated while they work: a task that is given up goes on
   * until it looks at its signal, and its thread is busy until then. Others are terminated at once. Default false.
   */
  readonly hasEngine?: boolean;
}

interface Job<Task, Answer> {
  readonly number: number;
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

interface Member<Task, Answer> extends EngineThread {
  /** What it is at. */
  job: Job<Task, Answer> | undefined;
}

const MAIN = new URL('./thread-main.node.js', import.meta.url);

/**
 * Threads that take tasks from one queue, first come, first served. They start when they are needed and stay until
 * {@link close}; idle ones do not keep the process alive.
 */
export class ThreadPool<Task, Answer, Setup = undefined> {
  readonly #start: ThreadStart;
  readonly #workers: number;
  readonly #hasEngine: boolean;
  readonly #waiting: Job<Task, Answer>[] = [];
  readonly #members = new Set<Member<Task, Answer>>();
  #jobs = 0;
  #isClosed = false;

  /**
   * @param module exports the work of the threads as `threadWork`, a `ThreadWork<Task, Answer, Setup>`
   * @throws UserError for a number of threads that is not a whole number of at least 1
   */
  constructor(module: URL, { workers, setup, hasEngine = false }: ThreadPoolOptions<Setup>) {
    this.#start = { module: module.href, setup };
    this.#workers = requirePositiveInteger(workers, 'the number of workers');
    this.#hasEngine = hasEngine;
  }

  /**
   * Has a thread do a task. An abort rejects the promise at once, with the signal's reason. A UserError of the thread's
   * arrives as one.
   */
  submit(task: Task, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closed());
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => this.#abandon(job, signal?.reason);
      if (signal) setMaxListeners(0, signal); // one listener a task is no leak
      signal?.addEventListener('abort', onAbort, { once: true });
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', onAbort);
          then(value);
        };
      const job = { number: this.#jobs++, task, resolve: settled(resolve), reject: settled(reject) };
      this.#waiting.push(job);
      this.#assign();
    });
  }

  /** Ends all threads; what is not done is rejected, and so are later tasks. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const members = [...this.#members];
    this.#members.clear();
    for (const job of [...members.map((member) => member.job), ...this.#waiting.splice(0)]) job?.reject(closed());
    await Promise.all(members.map((member) => this.#end(member)));
  }

  async #end(member: Member<Task, Answer>): Promise<void> {
    if (this.#hasEngine) await endEngine(member, { kind: 'stop' } satisfies Order<Task>);
    else await member.worker.terminate();
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const member = [...this.#members].find(({ job }) => !job) ?? this.#startThread();
      const job = member && this.#waiting.shift();
      if (!job) return;
      member.job = job;
      member.worker.ref();
      try {
        member.worker.postMessage({ kind: 'work', job: job.number, task: job.task } satisfies Order<Task>);
      } catch (error) {
        // Not all that a task may hold can go to a thread.
        this.#receive(member, failureOf(error));
      }
    }
  }

  /** Another thread, if there may be one. */
  #startThread(): Member<Task, Answer> | undefined {
    if (this.#members.size >= this.#workers) return undefined;
    const member: Member<Task, Answer> = { ...startEngine(MAIN, this.#start), job: undefined };
    const { worker } = member;
    worker.on('message', (reply: Reply<Answer>) => this.#receive(member, reply));
    worker.on('error', (error) => this.#lose(member, error));
    worker.on('exit', (code) => this.#lose(member, new Error(`a worker thread ended early, with code ${code}`)));
    this.#members.add(member);
    return member;
  }

  #receive(member: Member<Task, Answer>, reply: Reply<Answer>): void {
    if (!this.#members.has(member)) return;
    const { job, worker } = member;
    member.job = undefined;
    worker.unref();
    if ('answer' in reply) job?.resolve(reply.answer);
    else job?.reject(errorOf(reply));
    this.#assign();
  }

  /** A thread is no more: its task fails, the others continue. */
  #lose(member: Member<Task, Answer>, reason: unknown): void {
    if (!this.#members.delete(member)) return;
    member.job?.reject(reason);
    this.#assign();
  }

  #abandon(job: Job<Task, Answer>, reason: unknown): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    const member = [...this.#members].find((one) => one.job === job);
    if (member && this.#hasEngine) member.worker.postMessage({ kind: 'cancel', job: job.number } satisfies Order<Task>);
    else if (member) {
      this.#members.delete(member);
      // Nothing waits for the end of a thread that nothing more is asked of.
      void member.worker.terminate();
    }
    job.reject(reason);
    this.#assign();
  }
}

const closed = (): Error => new Error('the threads were closed');
