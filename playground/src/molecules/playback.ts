import { element } from '../shell/dom.js';

/** How long a way is played, in seconds. */
const DURATION = 6;

/** A button and a slider that go through the way from noise to molecule. */
export class Playback {
  readonly root: HTMLElement;
  readonly #button = element('button', { type: 'button', 'data-testid': 'play', onclick: () => this.#press() }, [
    'Play',
  ]);
  readonly #slider = element('input', {
    type: 'range',
    min: 0,
    max: 1000,
    value: 0,
    'aria-label': 'Position on the trajectory from noise to molecule',
    oninput: () => this.#slide(),
  });
  readonly #noise = element('span', { class: 'note noise', 'data-testid': 'noise' });
  readonly #onMove: () => void;
  #share = 0;
  #isPlaying = false;

  /** @param onMove told when somebody plays, stops or moves the slider */
  constructor(onMove: () => void) {
    this.#onMove = onMove;
    this.root = element('div', { class: 'playback' }, [this.#button, this.#slider, this.#noise]);
  }

  /** From 0 to 1. */
  get share(): number {
    return this.#share;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Goes to the start and plays, or to the end where people want no motion. */
  begin(): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#move(isStill ? 1 : 0);
    this.#play(!isStill);
  }

  /** Moves on while it plays. */
  advance(seconds: number): void {
    if (!this.#isPlaying) return;
    this.#move(this.#share + seconds / DURATION);
    if (this.#share === 1) this.#play(false);
  }

  pause(): void {
    this.#play(false);
  }

  tell(sigma: number): void {
    this.#noise.textContent = `noise ${sigma.toFixed(2)} Å`;
  }

  #press(): void {
    if (!this.#isPlaying && this.#share === 1) this.#move(0);
    this.#play(!this.#isPlaying);
    this.#onMove();
  }

  #slide(): void {
    this.#play(false);
    this.#share = Number(this.#slider.value) / 1000;
    this.#onMove();
  }

  #play(isPlaying: boolean): void {
    this.#isPlaying = isPlaying;
    this.#button.textContent = isPlaying ? 'Pause' : 'Play';
  }

  #move(share: number): void {
    this.#share = Math.min(1, share);
    this.#slider.value = String(Math.round(1000 * this.#share));
  }
}
