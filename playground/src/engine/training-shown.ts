import type { SystemBatch } from 'clofnet';
import type { WebRuntime } from 'clofnet/web';
import type { TrainedNetwork } from './training-network.js';
import { Preview } from './training-preview.js';
import type { TellTraining } from './training-types.js';

/** The test system in view, and the program that predicts for it. */
export class ShownSystem {
  #number = 0;
  #batch: SystemBatch | undefined;
  #isNew = false;
  #open: { readonly runtime: WebRuntime; readonly model: unknown; readonly preview: Preview } | undefined;

  choose(number: number, batch: SystemBatch): void {
    this.#number = number;
    this.#batch = batch;
    this.#isNew = true;
  }

  /** Whether no prediction of it has been told yet. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** Tells what a network with these weights says of it. */
  async tell(runtime: WebRuntime, network: TrainedNetwork, weights: Float32Array, tell: TellTraining): Promise<void> {
    const [system, batch] = [this.#number, this.#batch];
    if (!batch) return;
    this.#isNew = false;
    const preview = await this.#previewOf(runtime, network);
    const predicted = await preview.predict(weights, batch);
    void tell({ kind: 'prediction', prediction: { system, predicted } });
  }

  async #previewOf(runtime: WebRuntime, network: TrainedNetwork): Promise<Preview> {
    if (this.#open?.runtime === runtime && this.#open.model === network.model) return this.#open.preview;
    await this.#open?.preview.close();
    const preview = await Preview.open(runtime, network);
    this.#open = { runtime, model: network.model, preview };
    return preview;
  }
}
