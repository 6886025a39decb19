import './training.css';
import type { TrainingSettings } from '../engine/training-types.js';
import { element, messageOf } from '../shell/dom.js';
import type { Panel, PanelParts } from '../shell/panel.js';
import { ErrorsCard } from './errors-card.js';
import { FilesCard, takeDrops } from './files-card.js';
import { legend } from './legend.js';
import { LossChart } from './loss-chart.js';
import { Run } from './run.js';
import { RunBar } from './run-bar.js';
import { isOtherNetwork, problemOf, readView, type View, writeView } from './settings.js';
import { SettingsCard } from './settings-card.js';
import { SystemView } from './system-view.js';

/** The part 'training': a small network that learns in the page. */
export const trainingPanel = (parts: PanelParts): Panel => new TrainingPanel(parts);

class TrainingPanel implements Panel {
  readonly root: HTMLElement;
  readonly #parts: PanelParts;
  readonly #error = element('p', { class: 'error', role: 'alert', hidden: true });
  readonly #settings = new SettingsCard((change) => this.#set(change));
  readonly #system: SystemView;
  readonly #run: Run;
  #view: View;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#view = readView(parts.state);
    this.#system = new SystemView(parts, (test) => this.#set({ test }));
    const bar = new RunBar({
      start: () => this.#withSettings((settings) => this.#run.start(settings)),
      goOn: () => this.#withSettings((settings) => this.#run.goOn(settings)),
      stop: () => this.#run.stop(),
    });
    const files = new FilesCard({
      weights: () => parts.engine.training.weights(),
      onnx: () => parts.engine.training.onnx(),
      load: (file) => this.#load(file),
      fail: (error) => this.#fail(error),
    });
    const [chart, errors] = [new LossChart(), new ErrorsCard()];
    const fail = (error: unknown): void => this.#fail(error);
    const changed = (): void => this.#hint();
    this.#run = new Run(parts.engine.training, { bar, chart, errors, files, system: this.#system, fail, changed });
    this.root = element('section', {}, [
      element('div', { class: 'view' }, [this.#system.place, legend(), bar.root, this.#error, chart.root]),
      element('div', { class: 'controls' }, [errors.root, this.#settings.root, files.root, this.#system.card.root]),
    ]);
    takeDrops(this.root, (file) => this.#load(file));
  }

  show(): void {
    this.#view = readView(this.#parts.state);
    this.#system.enter();
    this.#apply();
  }

  hide(): void {
    this.#system.leave();
  }

  deviceChanged(): void {
    this.#run.changeDevice();
  }

  #set(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    writeView(this.#parts.state, this.#view);
    this.#apply();
  }

  /** Shows the settings, or what is wrong with them. */
  #apply(): void {
    this.#settings.show(this.#view);
    this.#hint();
    const problem = problemOf(this.#view);
    this.#fail(problem);
    if (problem === undefined) void this.#showSystem();
  }

  async #showSystem(): Promise<void> {
    try {
      if (await this.#system.show(this.#view, this.#view.test)) await this.#run.predict();
    } catch (error) {
      this.#fail(error);
    }
  }

  #hint(): void {
    const { settings, isBusy, phase } = this.#run;
    const isOther = settings !== undefined && isOtherNetwork(settings, this.#view) && phase !== 'failed';
    this.#settings.allow(
      !isBusy,
      isOther ? '“Start over” trains with these settings; “Continue” with those from before.' : '',
    );
  }

  #load(file: File): void {
    if (!this.#run.isBusy) this.#withSettings((settings) => this.#run.load(file, settings));
  }

  #withSettings(job: (settings: TrainingSettings) => Promise<void>): void {
    const problem = problemOf(this.#view);
    this.#fail(problem);
    if (problem !== undefined) return;
    const { test: _, ...settings } = this.#view;
    void job(settings);
  }

  #fail(error: unknown): void {
    this.#error.hidden = error === undefined;
    this.#error.textContent = error === undefined ? '' : messageOf(error);
  }
}
