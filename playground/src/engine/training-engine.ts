import type { WebRuntime } from 'clofnet/web';
import { simulateBodies } from './bodies-system.js';
import type { BodiesMotion } from './bodies-types.js';
import { isSameData, simulateExamples, type TrainingExamples } from './training-data.js';
import {
  freshNetwork,
  networkOfFile,
  notesOnFile,
  onnxOf,
  type TrainedNetwork,
  toTrainOn,
  weightsOf,
} from './training-network.js';
import { measure, startOf, stateOf, trainOn } from './training-session.js';
import { ShownSystem } from './training-shown.js';
import type {
  LoadedFile,
  TellTraining,
  TrainedFile,
  TrainingData,
  TrainingSettings,
  TrainingState,
} from './training-types.js';

/** What the part 'training' computes. */
export class TrainingEngine {
  readonly #runtime: () => Promise<WebRuntime>;
  readonly #shown = new ShownSystem();
  #examples: TrainingExamples | undefined;
  #network: TrainedNetwork | undefined;
  #device = '';
  #working: AbortController | undefined;

  constructor(runtime: () => Promise<WebRuntime>) {
    this.#runtime = runtime;
  }

  /** One of the test systems of the data; this needs no runtime. @param number from 0 */
  system(choice: TrainingData, number: number): BodiesMotion {
    const { motion, batch } = simulateBodies(choice, number);
    this.#shown.choose(number, batch);
    return motion;
  }

  /** Tells what the network says of the system in view, unless training does so anyway. */
  async predict(tell: TellTraining): Promise<void> {
    const network = this.#network;
    if (!network || this.#working) return;
    await this.#shown.tell(await this.#runtime(), network, network.checkpoint.bestWeights, tell);
  }

  /**
   * Simulates the data and trains a network on it, until it is done or told to stop.
   * @returns nothing where it was stopped before there was a network
   * @throws UserError for settings that there are not, and where numbers are no longer finite
   */
  start(settings: TrainingSettings, tell: TellTraining): Promise<TrainingState | undefined> {
    return this.#work(async (signal) => {
      const network = freshNetwork(settings);
      const examples = await this.#simulated(settings, tell, signal);
      this.#network = network;
      await tell({ kind: 'start', start: startOf(network, examples) });
      return this.#train(network, examples, tell, signal);
    });
  }

  /** Goes on from the very step where training stopped, to so many epochs in all. */
  goOn(
    { rate, epochs }: Pick<TrainingSettings, 'rate' | 'epochs'>,
    tell: TellTraining,
  ): Promise<TrainingState | undefined> {
    return this.#work(async (signal) => {
      if (!this.#network) throw new Error('there is no network to continue with');
      const network = toTrainOn(this.#network, { rate, epochs });
      return this.#train(network, await this.#simulated(network.data, tell, signal), tell, signal);
    });
  }

  /** Stops what is under way, after the step that it is at. */
  stop(): void {
    this.#working?.abort();
  }

  /**
   * Takes over the network of a weight file, and measures it on the data of the settings.
   * @throws UserError for a file that is none
   */
  load(
    name: string,
    bytes: Uint8Array,
    settings: TrainingSettings,
    tell: TellTraining,
  ): Promise<LoadedFile | undefined> {
    return this.#work(async (signal) => {
      const network = networkOfFile(name, bytes, settings);
      const examples = await this.#simulated(settings, tell, signal);
      const runtime = await this.#runtime();
      const measured = await measure(runtime, network, examples);
      this.#network = measured.network;
      await this.#shown.tell(runtime, network, network.checkpoint.bestWeights, tell);
      const state = stateOf(measured.network, measured.evaluation);
      return { start: startOf(network, examples), state, notes: notesOnFile(name, bytes) };
    });
  }

  /** The weights of the lowest validation error so far, for `clofnet newton evaluate --weights`. */
  weights(): TrainedFile {
    return weightsOf(this.#trained(), this.#device);
  }

  /** The same network as ONNX. */
  onnx(): TrainedFile {
    return onnxOf(this.#trained(), this.#device);
  }

  #trained(): TrainedNetwork {
    if (!this.#network) throw new Error('there is no network yet');
    return this.#network;
  }

  async #train(
    network: TrainedNetwork,
    examples: TrainingExamples,
    tell: TellTraining,
    signal: AbortSignal,
  ): Promise<TrainingState> {
    const runtime = await this.#runtime();
    this.#device = runtime.device;
    const keep = (kept: TrainedNetwork): void => {
      this.#network = kept;
    };
    const trained = await trainOn(runtime, { network, examples, shown: this.#shown, tell, signal, keep });
    const { evaluation } = await measure(runtime, trained, examples);
    return stateOf(trained, evaluation);
  }

  async #simulated(data: TrainingData, tell: TellTraining, signal: AbortSignal): Promise<TrainingExamples> {
    if (this.#examples && isSameData(this.#examples.data, data)) return this.#examples;
    let told = 0;
    const onProgress = (done: number, total: number): void => {
      if (done < total && performance.now() - told < 50) return;
      told = performance.now();
      void tell({ kind: 'data', done, total });
    };
    this.#examples = await simulateExamples(data, onProgress, signal);
    return this.#examples;
  }

  /** Does one thing at a time; nothing comes of it where it was stopped. */
  async #work<Result>(job: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined> {
    if (this.#working) throw new Error('training is under way');
    const controller = new AbortController();
    this.#working = controller;
    try {
      return await job(controller.signal);
    } catch (error) {
      if (controller.signal.aborted && error === controller.signal.reason) return undefined;
      throw error;
    } finally {
      this.#working = undefined;
    }
  }
}
