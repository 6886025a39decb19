import { element } from '../shell/dom.js';

/** What is under way. */
export type Phase = 'new' | 'simulating' | 'training' | 'loading' | 'stopping' | 'stopped' | 'finished' | 'failed';

export interface RunActions {
  start(): void;
  stop(): void;
  goOn(): void;
}

/** The main button in each phase. */
const MAIN: Readonly<Record<Phase, { readonly label: string; readonly does: keyof RunActions }>> = {
  new: { label: 'Start training', does: 'start' },
  simulating: { label: 'Cancel', does: 'stop' },
  training: { label: 'Stop', does: 'stop' },
  loading: { label: 'Cancel', does: 'stop' },
  stopping: { label: 'Stopping …', does: 'stop' },
  stopped: { label: 'Continue', does: 'goOn' },
  finished: { label: 'Train further', does: 'goOn' },
  failed: { label: 'Start training', does: 'start' },
};

/** Whether something runs. */
export const isBusy = (phase: Phase): boolean => ['simulating', 'training', 'loading', 'stopping'].includes(phase);

/** Starts, stops and tells how far training is. */
export class RunBar {
  readonly root: HTMLElement;
  readonly #main: HTMLButtonElement;
  readonly #over: HTMLButtonElement;
  readonly #status = element('output', { 'data-testid': 'status', role: 'status' });
  readonly #speed = element('span', { class: 'note speed', 'data-testid': 'speed' });
  readonly #bar = element('progress', { max: 1, value: 0, 'aria-label': 'Progress' });
  #phase: Phase = 'new';

  constructor(actions: RunActions) {
    this.#main = element('button', { class: 'main', onclick: () => actions[MAIN[this.#phase].does]() });
    this.#over = element('button', { onclick: () => actions.start() }, ['Start over']);
    this.root = element('div', { class: 'card run' }, [
      element('div', { class: 'row' }, [this.#main, this.#over, this.#status, this.#speed]),
      this.#bar,
    ]);
    this.phase('new', '');
  }

  phase(phase: Phase, status: string): void {
    this.#phase = phase;
    this.#main.textContent = MAIN[phase].label;
    this.#main.disabled = phase === 'stopping';
    this.#over.hidden = !['stopped', 'finished'].includes(phase);
    this.#bar.hidden = phase === 'new' || phase === 'failed';
    if (!isBusy(phase)) this.#speed.textContent = '';
    this.#status.textContent = status;
  }

  /** @param part from 0 to 1 */
  progress(part: number): void {
    this.#bar.value = part;
  }

  status(text: string): void {
    this.#status.textContent = text;
  }

  speed(stepsPerSecond: number): void {
    this.#speed.textContent = `${stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)} steps/s`;
  }
}
