import type { BodiesMotion } from '../engine/bodies-types.js';
import type { TestPrediction, TrainingData } from '../engine/training-types.js';
import { paletteAt } from '../scene/bodies/colours.js';
import { orbitByKeys } from '../scene/training/orbit-keys.js';
import { TrainingScene } from '../scene/training/training-scene.js';
import { element } from '../shell/dom.js';
import type { PanelParts } from '../shell/panel.js';
import { SystemCard } from './system-card.js';

const LABEL =
  'A test system in 3D that moves from the input to the target, with the network’s prediction and the straight line. ' +
  'Arrow keys turn it. The numbers are under “The system in view”.';

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** The test system in view: in the picture, and in numbers. */
export class SystemView {
  readonly place = element('div', { class: 'stage' });
  readonly card: SystemCard;
  readonly #parts: PanelParts;
  readonly #scene = new TrainingScene();
  #wanted = '';
  #loaded: { readonly number: number; readonly motion: BodiesMotion } | undefined;
  #leave: (() => void) | undefined;

  constructor(parts: PanelParts, onChange: (number: number) => void) {
    this.#parts = parts;
    this.card = new SystemCard(onChange);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
    still.addEventListener('change', () => {
      if (this.#leave) this.#move();
    });
  }

  /** Takes the canvas. */
  enter(): void {
    const { stage } = this.#parts;
    stage.mount(this.place, this.#scene.root, LABEL);
    this.#leave?.();
    this.#leave = orbitByKeys(stage);
    this.#look();
    this.#move();
  }

  /** Lets the system move, unless people want nothing to. */
  #move(): void {
    const { stage } = this.#parts;
    if (!still.matches) stage.animate((seconds) => this.#scene.advance(seconds));
    else {
      stage.stop();
      this.#rest();
    }
  }

  /** Draws how all ends, where nothing moves. */
  #rest(): void {
    if (!still.matches || !this.#leave) return;
    this.#scene.rest();
    this.#parts.stage.render();
  }

  leave(): void {
    this.#parts.stage.stop();
    this.#leave?.();
    this.#leave = undefined;
  }

  /**
   * Shows a test system of the data; without a prediction, until one comes.
   * @returns whether it is another one than before
   */
  async show({ kind, bodies, seed, trajectories }: TrainingData, number: number): Promise<boolean> {
    const wanted = [kind, bodies, seed, number].join();
    if (wanted === this.#wanted) return false;
    this.#wanted = wanted;
    // At once: another press of “Next” goes on from here.
    this.card.choose(number);
    const motion = await this.#parts.engine.training.system({ kind, bodies, seed, trajectories }, number - 1);
    if (this.#wanted !== wanted) return false;
    this.#loaded = { number, motion };
    this.card.load(motion);
    this.#scene.predict(undefined);
    this.#draw();
    this.#look();
    return true;
  }

  predict({ system, predicted }: TestPrediction): void {
    if (system !== (this.#loaded?.number ?? 0) - 1 || predicted.length !== 3 * (this.#loaded?.motion.bodies ?? 0))
      return;
    this.#scene.predict(predicted);
    this.card.predict(predicted);
    this.#rest();
  }

  /** Draws all anew, in the colours of now. */
  #draw(): void {
    if (this.#loaded) this.#scene.load(this.#loaded.motion, paletteAt(document.body));
    this.#rest();
  }

  #look(): void {
    const { centre, radius } = this.#scene.bounds;
    if (this.#leave && this.#loaded) this.#parts.stage.look(0.85 * radius, centre);
  }
}
