import { element, labelled } from '../shell/dom.js';

/** What is needed to tell the time. */
export interface Clock {
  readonly snapshots: number;
  readonly stepsPerSnapshot: number;
  readonly input: number;
  readonly target: number;
}

/** Units of time that pass in a second of the usual speed. */
const PACE = 0.3;
/** Length of a step of the simulation, in units of time. */
const STEP = 1e-3;
/** So long before the input snapshot it starts, and so long it rests at the target, in units of time and seconds. */
const LEAD = 0.8;
const REST = 1.5;

const speeds = [0.25, 0.5, 1, 2, 4];

/** Play and pause, and a slider of time. */
export class Playback {
  readonly root: HTMLElement;
  readonly #slider = element('input', {
    type: 'range',
    min: 0,
    max: 1,
    value: 0,
    'aria-label': 'Time',
    'data-testid': 'time',
    oninput: () => this.pause(Number(this.#slider.value)),
  });
  readonly #button = element('button', { class: 'main', onclick: () => this.toggle() }, ['Pause']);
  readonly #text = element('output', { class: 'note', 'data-testid': 'time-text' });
  readonly #marks = element('div', { class: 'marks', 'aria-hidden': 'true' });
  readonly #speed = element(
    'select',
    { onchange: () => this.#tell() },
    speeds.map((speed) => element('option', { value: speed }, [`${speed} ×`])),
  );
  readonly #onChange: (change: { readonly paused?: number; readonly speed: number }) => void;
  #clock: Clock = { snapshots: 2, stepsPerSnapshot: 1, input: 0, target: 1 };
  #snapshot = 0;
  #isPlaying = true;
  #rested = 0;

  constructor(onChange: (change: { readonly paused?: number; readonly speed: number }) => void) {
    this.#onChange = onChange;
    const jump = (label: string, snapshot: () => number): HTMLButtonElement =>
      element('button', { onclick: () => this.pause(snapshot()) }, [label]);
    this.root = element('div', { class: 'playback card' }, [
      element('div', { class: 'row' }, [
        this.#button,
        jump('Input', () => this.#clock.input),
        jump('Target', () => this.#clock.target),
        labelled('Speed', this.#speed),
        this.#text,
      ]),
      element('div', { class: 'timeline' }, [this.#slider, this.#marks]),
    ]);
  }

  /** The snapshot in view, which may lie between two. */
  get snapshot(): number {
    return this.#snapshot;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Starts on a trajectory. @param paused the snapshot to stand still at, if any */
  load(clock: Clock, speed: number, paused: number | undefined): void {
    this.#clock = clock;
    this.#slider.max = String(clock.snapshots - 1);
    this.#snapshot = Math.min(clock.snapshots - 1, paused ?? this.#start);
    this.#isPlaying = paused === undefined && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#speed.value = String(speed);
    this.#rested = 0;
    const mark = (label: string, snapshot: number): HTMLElement =>
      element('span', { style: `left: ${(100 * snapshot) / (clock.snapshots - 1)}%` }, [label]);
    this.#marks.replaceChildren(mark('input', clock.input), mark('target', clock.target));
    this.#show();
  }

  /** Lets time pass; it rests at the target for a moment. */
  advance(seconds: number): void {
    if (!this.#isPlaying) return;
    const { snapshots, stepsPerSnapshot, target } = this.#clock;
    const speed = Number(this.#speed.value) || 1;
    const next = this.#snapshot + (seconds * speed * PACE) / (STEP * stepsPerSnapshot);
    if (this.#snapshot <= target && next > target && this.#rested < REST) {
      this.#snapshot = target;
      this.#rested += seconds;
    } else {
      this.#rested = 0;
      this.#snapshot = next > snapshots - 1 ? this.#start : next;
    }
    this.#show();
  }

  /** Stands still at a snapshot. */
  pause(snapshot = this.#snapshot): void {
    this.#isPlaying = false;
    this.#snapshot = Math.round(snapshot);
    this.#show();
    this.#tell();
  }

  toggle(): void {
    if (this.#isPlaying) {
      this.pause();
      return;
    }
    this.#isPlaying = true;
    this.#show();
    this.#tell();
  }

  get #start(): number {
    const { input, stepsPerSnapshot } = this.#clock;
    return Math.max(0, Math.round(input - LEAD / (STEP * stepsPerSnapshot)));
  }

  #tell(): void {
    this.#onChange({ speed: Number(this.#speed.value), ...(!this.#isPlaying && { paused: this.#snapshot }) });
  }

  #show(): void {
    const { stepsPerSnapshot, input, target } = this.#clock;
    const snapshot = Math.round(this.#snapshot);
    const step = stepsPerSnapshot * (snapshot + 1);
    const name = { [input]: ' · input', [target]: ' · target' }[snapshot] ?? '';
    this.#slider.value = String(snapshot);
    this.#slider.setAttribute('aria-valuetext', `step ${step}${name}`);
    this.#button.textContent = this.#isPlaying ? 'Pause' : 'Play';
    this.#text.textContent = `step ${step}, time ${(step * STEP).toFixed(2)}${name}`;
  }
}
