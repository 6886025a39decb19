import type { BodiesPrediction, Pose } from '../engine/bodies-types.js';
import { element } from '../shell/dom.js';
import { short, withIndices } from './numbers.js';
import { unturned } from './settings.js';
import type { Turn } from './turning.js';

const buttons: Readonly<Record<Turn, readonly [sign: string, name: string]>> = {
  left: ['←', 'Turn left'],
  right: ['→', 'Turn right'],
  up: ['↑', 'Turn up'],
  down: ['↓', 'Turn down'],
  anticlockwise: ['↺', 'Turn anticlockwise'],
  clockwise: ['↻', 'Turn clockwise'],
};

const ROTATION =
  'The largest distance between the prediction for the turned system and the turned prediction, relative to the size ' +
  'of the system. The network is equivariant: what is left is the rounding of float32.';
const MIRRORED =
  'The network does not know left from right: its prediction for the mirror image is the mirror image of its ' +
  'prediction. What is left is the rounding of float32.';
const HANDED =
  'The network knows handedness: its frames have an axis b = x_i × x_j, which does not mirror as other vectors do. Its ' +
  'prediction for the mirror image differs from the mirror image of its prediction.';

const isAsItWas = ({ turn, isMirrored }: Pose): boolean => !isMirrored && turn.join() === unturned.join();

/** Turns and mirrors the system, and tells how well the prediction follows. */
export class TurnCard {
  readonly root: HTMLElement;
  readonly #mirror: HTMLButtonElement;
  readonly #reset: HTMLButtonElement;
  readonly #error = element('output', { class: 'figure', 'data-testid': 'equivariance-error' }, ['…']);
  readonly #what = element('span', { class: 'note' });
  readonly #meaning = element('p', { class: 'note', 'data-testid': 'meaning' });
  #followsMirrors: boolean | undefined;

  constructor(handlers: { turn(turn: Turn): void; mirror(): void; reset(): void }) {
    const turn = (name: Turn): HTMLElement =>
      element(
        'button',
        { 'aria-label': buttons[name][1], title: buttons[name][1], onclick: () => handlers.turn(name) },
        [buttons[name][0]],
      );
    this.#mirror = element('button', { 'aria-pressed': 'false', onclick: () => handlers.mirror() }, ['Mirror it']);
    this.#reset = element('button', { onclick: () => handlers.reset() }, ['Reset']);
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['Turn the system']),
      element('p', { class: 'note' }, ['Drag the picture, or use its arrow keys. The axes stay; the bodies turn.']),
      element('div', { class: 'row turns' }, (Object.keys(buttons) as Turn[]).map(turn)),
      element('div', { class: 'row' }, [this.#mirror, this.#reset]),
      element('p', {}, [this.#what, element('br'), this.#error]),
      this.#meaning,
    ]);
  }

  pose({ turn, isMirrored }: Pose): void {
    this.#mirror.setAttribute('aria-pressed', String(isMirrored));
    this.#reset.disabled = isAsItWas({ turn, isMirrored });
    this.#what.textContent = isMirrored ? 'prediction(mirrored) against mirrored(prediction)' : 'Equivariance error';
    this.#explain(isMirrored);
  }

  show(prediction: BodiesPrediction | undefined, pose: Pose): void {
    this.#error.value = prediction ? (isAsItWas(pose) ? 'not turned yet' : short(prediction.equivarianceError)) : '…';
    this.#followsMirrors = prediction?.network.followsReflections;
    this.#explain(pose.isMirrored);
  }

  /** Says what the error means; of a mirror image as soon as it is known which network looks at it. */
  #explain(isMirrored: boolean): void {
    const inMirror = this.#followsMirrors === undefined ? '' : this.#followsMirrors ? MIRRORED : HANDED;
    this.#meaning.replaceChildren(...withIndices(isMirrored ? inMirror : ROTATION));
  }
}
