/** The reason of an abort by Ctrl-C (SIGINT) or SIGTERM. */
export class Interrupted extends Error {
  override name = 'AbortError';
  /** 130 for SIGINT and 143 for SIGTERM, as shells expect. */
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super('interrupted');
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** Signals of the process as an AbortSignal. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** Gives the signals back to Node, which ends the process at once. */
  dispose(): void;
}

/**
 * One Ctrl-C can arrive twice, as npm passes on what its child got from the terminal too: what follows the first
 * signal within this many milliseconds does not count.
 */
const ECHO = 300;

/**
 * Turns the first Ctrl-C or SIGTERM into an abort, so that a command can save and clean up; the second one quits at
 * once.
 *
 * @param announce called at the first one
 */
export function catchInterrupts(announce: () => void): Interrupts {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  const handle = (signal: NodeJS.Signals): void => {
    const reason = new Interrupted(signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    if (controller.signal.aborted) {
      if (performance.now() - first > ECHO) process.exit(reason.exitCode);
      return;
    }
    first = performance.now();
    announce();
    controller.abort(reason);
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
