import type { WebRuntime } from 'clofnet/web';

/** What the part 'bodies' computes. */
export class BodiesEngine {
  readonly #runtime: () => Promise<WebRuntime>;

  constructor(runtime: () => Promise<WebRuntime>) {
    this.#runtime = runtime;
  }

  async version(): Promise<string> {
    return (await this.#runtime()).version;
  }
}
