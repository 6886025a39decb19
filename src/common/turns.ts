/** Milliseconds of work after which events get their turn. */
const TURN = 50;

/**
 * Gives events (messages, Ctrl-C, timers) their turn in the midst of work that would keep a thread from them.
 * Call {@link pause} often: it only waits where the last turn is a while ago.
 */
export class Turns {
  #last = performance.now();

  /** @throws the signal's reason, where it was aborted meanwhile */
  async pause(signal?: AbortSignal): Promise<void> {
    if (performance.now() - this.#last < TURN) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
    signal?.throwIfAborted();
  }
}
