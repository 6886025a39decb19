import { Worker } from 'node:worker_threads';
import { requirePositiveInteger } from './checks.js';
import { errorOf } from './failure.js';
import type { Reply } from './worker-tasks.node.js';

interface Job<Task, Answer> {
  readonly task: Task;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** The tasks that hang on a signal, and the one listener for all of them. */
interface Watch<Task, Answer> {
  readonly jobs: Set<Job<Task, Answer>>;
  readonly stop: () => void;
}

/**
 * Threads that take tasks from one queue, first come, first served. They start when they are needed and stay until
 * {@link close}; idle ones do not keep the process alive.
 */
export class WorkerQueue<Task, Answer> {
  readonly #script: URL;
  readonly #workers: number;
  readonly #waiting: Job<Task, Answer>[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job<Task, Answer>>();
  readonly #watched = new Map<AbortSignal, Watch<Task, Answer>>();

  /**
   * @param script a module that calls `serveTasks`
   * @param workers the largest number of threads
   * @throws UserError for a number of threads that is not a whole number of at least 1
   */
  constructor(script: URL, workers: number) {
    this.#script = script;
    this.#workers = requirePositiveInteger(workers, 'the number of workers');
  }

  /**
   * Has a thread do a task. An abort rejects the promise with the signal's reason and ends the thread that is at it.
   * A UserError of the thread's arrives as one.
   */
  submit(task: Task, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const job = { task, signal, resolve, reject };
      if (signal) this.#watch(job, signal);
      this.#waiting.push(job);
      this.#assign();
    });
  }

  /** Ends all threads; what is not done is rejected. A later task starts new ones. */
  async close(): Promise<void> {
    const threads = [...this.#idle.splice(0), ...this.#busy.keys()];
    const jobs = [...this.#busy.values(), ...this.#waiting.splice(0)];
    this.#busy.clear();
    for (const job of jobs) this.#settle(job).reject(new Error('the threads were closed before this was done'));
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#busy.size < this.#workers)) {
      const thread = this.#idle.pop() ?? this.#start();
      const job = this.#waiting.shift();
      if (job === undefined) return;
      this.#busy.set(thread, job);
      thread.ref();
      thread.postMessage(job.task);
    }
  }

  #start(): Worker {
    const thread = new Worker(this.#script);
    thread.on('message', (reply: Reply<Answer>) => {
      const job = this.#busy.get(thread);
      if (job === undefined) return;
      this.#busy.delete(thread);
      thread.unref();
      this.#idle.push(thread);
      if ('answer' in reply) this.#settle(job).resolve(reply.answer);
      else this.#settle(job).reject(errorOf(reply));
      this.#assign();
    });
    thread.on('error', (error) => this.#lose(thread, error));
    thread.on('exit', (code) => this.#lose(thread, new Error(`a worker thread ended early, with code ${code}`)));
    return thread;
  }

  /** A thread is no more: its task fails, the others go on. */
  #lose(thread: Worker, reason: unknown): void {
    const job = this.#busy.get(thread);
    this.#busy.delete(thread);
    const place = this.#idle.indexOf(thread);
    if (place >= 0) this.#idle.splice(place, 1);
    if (job) this.#settle(job).reject(reason);
    this.#assign();
  }

  /** One listener serves all tasks of a signal: Node warns of more than ten. */
  #watch(job: Job<Task, Answer>, signal: AbortSignal): void {
    const found = this.#watched.get(signal);
    if (found) {
      found.jobs.add(job);
      return;
    }
    const jobs = new Set([job]);
    const onAbort = (): void => {
      for (const each of [...jobs]) this.#abandon(each, signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#watched.set(signal, { jobs, stop: () => signal.removeEventListener('abort', onAbort) });
  }

  /** The job as it is about to be settled: its signal no longer matters. */
  #settle(job: Job<Task, Answer>): Job<Task, Answer> {
    const watch = job.signal && this.#watched.get(job.signal);
    watch?.jobs.delete(job);
    if (job.signal && watch?.jobs.size === 0) {
      watch.stop();
      this.#watched.delete(job.signal);
    }
    return job;
  }

  #abandon(job: Job<Task, Answer>, reason: unknown): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    for (const [thread, current] of this.#busy) {
      if (current !== job) continue;
      this.#busy.delete(thread);
      // Nothing waits for the end of a thread that nothing more is asked of.
      void thread.terminate();
    }
    this.#settle(job).reject(reason);
    this.#assign();
  }
}
