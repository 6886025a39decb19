import type { Failure } from './failure.js';

/** An answer, and the buffers in it that are handed over instead of copied. */
export interface Handover<Answer> {
  readonly answer: Answer;
  readonly transfer?: readonly ArrayBuffer[];
}

/** Does a task. The signal is aborted when nobody waits for the answer any more; work that is short need not look. */
export type DoTask<Task, Answer> = (task: Task, signal: AbortSignal) => Handover<Answer> | Promise<Handover<Answer>>;

/**
 * What a module exports as `threadWork` for a `ThreadPool`: called once in each thread, with what the pool gives to
 * all, it opens what the tasks need.
 */
export type ThreadWork<Task, Answer, Setup = undefined> = (
  setup: Setup,
) => DoTask<Task, Answer> | Promise<DoTask<Task, Answer>>;

/** What a thread is started with. */
export interface ThreadStart {
  /** The URL of the module with its work. */
  readonly module: string;
  readonly setup: unknown;
}

/** A message to a thread. */
export type Order<Task> =
  | { readonly kind: 'work'; readonly job: number; readonly task: Task }
  | { readonly kind: 'cancel'; readonly job: number }
  | { readonly kind: 'stop' };

/** What a thread sends back for a task. */
export type Reply<Answer> = { readonly answer: Answer } | Failure;
