import { proxy } from 'comlink';
import type { EngineClient } from '../engine/client.js';
import type { TrainingNews, TrainingSettings, TrainingStart, TrainingState } from '../engine/training-types.js';
import type { ErrorsCard } from './errors-card.js';
import type { FilesCard } from './files-card.js';
import type { LossChart } from './loss-chart.js';
import { isBusy, type Phase, type RunBar } from './run-bar.js';
import type { SystemView } from './system-view.js';

/** What a run is shown by. */
export interface RunViews {
  readonly bar: RunBar;
  readonly chart: LossChart;
  readonly errors: ErrorsCard;
  readonly files: FilesCard;
  readonly system: SystemView;
  /** Shows what went wrong, or nothing. */
  fail(error: unknown): void;
  /** Called when another phase begins. */
  changed(): void;
}

const COMPILING = 'compiling the network …';
const count = (n: number): string => n.toLocaleString('en');
const epochsOf = (n: number): string => (n === 1 ? '1 epoch' : `${n} epochs`);

/** A training run as the page sees it: it asks the engine and shows what that tells. */
export class Run {
  readonly #engine: EngineClient['training'];
  readonly #views: RunViews;
  #phase: Phase = 'new';
  #settings: TrainingSettings | undefined;
  #start: TrainingStart | undefined;
  /** Epochs that are done, and that are to be done. */
  #done = 0;
  #epochs = 0;
  #best = Infinity;
  #goesOn = false;

  constructor(engine: EngineClient['training'], views: RunViews) {
    this.#engine = engine;
    this.#views = views;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get isBusy(): boolean {
    return isBusy(this.#phase);
  }

  /** The settings of the network that there is. */
  get settings(): TrainingSettings | undefined {
    return this.#start && this.#settings;
  }

  /** Draws a network anew, and trains it. */
  start(settings: TrainingSettings): Promise<void> {
    this.#epochs = settings.epochs;
    return this.#work('simulating', async () => {
      const state = await this.#engine.start(settings, this.#tell);
      this.#settings = settings;
      if (state) this.#ended(state);
    });
  }

  /** Goes on where training stopped; what is done already is done once more. */
  goOn({ rate, epochs }: TrainingSettings): Promise<void> {
    this.#epochs = epochs > this.#done ? epochs : this.#done + epochs;
    return this.#train(rate);
  }

  stop(): void {
    if (!this.isBusy) return;
    this.#goesOn = false;
    this.#to('stopping', 'stopping …');
    void this.#engine.stop();
  }

  /** Goes on with the device that computes from now on. */
  changeDevice(): void {
    if (this.#phase !== 'training') return;
    this.stop();
    this.#goesOn = true;
  }

  /** Measures the network of a file; training may go on from it. */
  load(file: File, settings: TrainingSettings): Promise<void> {
    return this.#work('loading', async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const loaded = await this.#engine.load(file.name, bytes, settings, this.#tell);
      if (!loaded) return;
      this.#settings = settings;
      this.#began(loaded.start);
      this.#views.files.notes(loaded.notes);
      this.#ended(loaded.state);
      this.#to('stopped', `${file.name} is loaded`);
    });
  }

  /** Asks what the network says of the system in view. */
  async predict(): Promise<void> {
    if (this.#start) await this.#engine.predict(this.#tell);
  }

  #train(rate: number): Promise<void> {
    return this.#work('training', async () => {
      const state = await this.#engine.goOn({ rate, epochs: this.#epochs }, this.#tell);
      this.#settings = this.#settings && { ...this.#settings, rate };
      if (state) this.#ended(state);
    });
  }

  async #work(phase: Phase, job: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.#views.fail(undefined);
    this.#views.bar.progress(0);
    this.#to(phase, phase === 'training' ? COMPILING : '');
    try {
      await job();
      if (this.isBusy) this.#to(this.#start ? 'stopped' : 'new', 'cancelled');
    } catch (error) {
      this.#to('failed', '');
      this.#views.fail(error);
    }
    if (!this.#goesOn || !this.#settings) return;
    this.#goesOn = false;
    await this.#train(this.#settings.rate);
  }

  readonly #tell = proxy((news: TrainingNews): void => {
    const { bar, chart, system } = this.#views;
    switch (news.kind) {
      case 'data':
        bar.progress(news.done / news.total);
        if (this.#phase !== 'stopping')
          bar.status(`simulating: ${count(news.done)} of ${count(news.total)} trajectories`);
        break;
      case 'start':
        this.#began(news.start);
        if (this.#phase === 'simulating') this.#to('training', COMPILING);
        break;
      case 'step':
        bar.speed(news.stepsPerSecond);
        this.#progress(news.epoch, news.part);
        break;
      case 'epoch':
        chart.add(news.metrics);
        this.#improve(news.metrics.valid ?? Infinity);
        this.#progress(news.metrics.epoch, 0);
        break;
      case 'prediction':
        system.predict(news.prediction);
    }
  });

  #began(start: TrainingStart): void {
    this.#start = start;
    this.#done = 0;
    this.#best = Infinity;
    this.#views.chart.clear(start.straightLine);
    this.#views.errors.start(start);
    this.#views.files.notes([]);
  }

  #progress(done: number, part: number): void {
    this.#done = done;
    this.#views.bar.progress((done + part) / this.#epochs);
    if (this.#phase === 'training') this.#views.bar.status(`epoch ${done} of ${this.#epochs}`);
  }

  #improve(valid: number): void {
    if (valid >= this.#best || !this.#start) return;
    this.#best = valid;
    this.#views.errors.best(valid, this.#start.straightLine);
  }

  #ended(state: TrainingState): void {
    const { epoch, step, finished, evaluation } = state;
    this.#done = epoch;
    this.#best = evaluation.network.meanSquaredError;
    this.#views.errors.measured(state);
    if (finished) this.#to('finished', `${epochsOf(epoch)} done`);
    else this.#to('stopped', `stopped after ${epochsOf(epoch)}, at step ${count(step)}`);
  }

  #to(phase: Phase, status: string): void {
    this.#phase = phase;
    this.#views.bar.phase(phase, status);
    this.#views.files.allow(this.#start !== undefined, !this.isBusy);
    this.#views.changed();
  }
}
