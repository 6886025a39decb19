import type { WebRuntime } from 'clofnet/web';

/** What the part 'molecules' computes. */
export class MoleculesEngine {
  readonly #runtime: () => Promise<WebRuntime>;

  constructor(runtime: () => Promise<WebRuntime>) {
    this.#runtime = runtime;
  }

  async version(): Promise<string> {
    return (await this.#runtime()).version;
  }
}
