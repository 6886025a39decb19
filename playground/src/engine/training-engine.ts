import type { WebRuntime } from 'clofnet/web';

/** What the part 'training' computes. */
export class TrainingEngine {
  readonly #runtime: () => Promise<WebRuntime>;

  constructor(runtime: () => Promise<WebRuntime>) {
    this.#runtime = runtime;
  }

  async version(): Promise<string> {
    return (await this.#runtime()).version;
  }
}
