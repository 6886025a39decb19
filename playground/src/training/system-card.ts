import { coordinate } from '../bodies/numbers.js';
import type { BodiesMotion } from '../engine/bodies-types.js';
import { element, labelled, tableHead } from '../shell/dom.js';
import { fields } from './settings.js';

const HEAD = ['Body', 'x', 'y', 'z', 'Off by', 'Straight line'];

/** Which test system is in view, and what the network says of it in numbers. */
export class SystemCard {
  readonly root: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #rows = element('tbody', { 'data-testid': 'predicted' });
  #motion: BodiesMotion | undefined;

  constructor(onChange: (number: number) => void) {
    const { min, max } = fields.test;
    this.#input = element('input', { type: 'number', min, max, step: 1, onchange: () => onChange(this.#number) });
    const next = (): void => onChange((this.#number % max) + 1);
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['The system in view']),
      element('div', { class: 'row' }, [
        labelled(`Test system, 1 to ${max}`, this.#input),
        element('button', { onclick: next }, ['Next']),
      ]),
      element('details', {}, [
        element('summary', {}, ['Predicted positions']),
        element('table', {}, [tableHead(HEAD), this.#rows]),
      ]),
    ]);
  }

  get #number(): number {
    return this.#input.valueAsNumber || 1;
  }

  /** Names the test system that is to come into view. */
  choose(number: number): void {
    this.#input.value = String(number);
  }

  load(motion: BodiesMotion): void {
    this.#motion = motion;
    this.#rows.replaceChildren();
  }

  predict(predicted: Float32Array): void {
    const motion = this.#motion;
    if (!motion) return;
    const { bodies, positions, target, straight } = motion;
    const truth = positions.subarray(3 * bodies * target, 3 * bodies * (target + 1));
    const cell = (text: string): HTMLElement => element('td', { class: 'number' }, [text]);
    const off = (rows: Float32Array, body: number): number =>
      Math.hypot(...[0, 1, 2].map((axis) => rows[3 * body + axis] - truth[3 * body + axis]));
    this.#rows.replaceChildren(
      ...Array.from({ length: bodies }, (_, body) =>
        element('tr', {}, [
          element('th', { scope: 'row' }, [String(body + 1)]),
          ...[...predicted.subarray(3 * body, 3 * body + 3)].map((x) => cell(coordinate(x, 5))),
          cell(coordinate(off(predicted, body), 3)),
          cell(coordinate(off(straight, body), 3)),
        ]),
      ),
    );
  }
}
