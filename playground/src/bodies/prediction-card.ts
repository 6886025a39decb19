import type { BodiesPrediction, Errors } from '../engine/bodies-types.js';
import { element } from '../shell/dom.js';
import { short } from './numbers.js';

/** How good the network's prediction is, and how good the straight line. */
export class PredictionCard {
  readonly root: HTMLElement;
  readonly #rows = element('tbody');
  readonly #note = element('p', { class: 'note', 'data-testid': 'network' }, ['Loading the network …']);

  constructor() {
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['Where will they be at the target?']),
      element('table', { 'data-testid': 'errors' }, [
        element('thead', {}, [
          element('tr', {}, [
            element('th', { scope: 'col' }, ['Guess']),
            element('th', { scope: 'col', class: 'number' }, ['Mean squared error']),
            element('th', { scope: 'col', class: 'number' }, ['Mean distance']),
          ]),
        ]),
        this.#rows,
      ]),
      this.#note,
    ]);
    this.show(undefined);
  }

  show(prediction: BodiesPrediction | undefined): void {
    this.#rows.replaceChildren(
      errorRow('predicted', 'ClofNet', prediction?.errors.network),
      errorRow('straight', 'Straight on', prediction?.errors.straight),
    );
    if (!prediction) return;
    const { weights, notes } = prediction;
    const lines = [`Weights: ${weights}, which comes with the package.`, ...notes.map((note) => `Note: ${note}.`)];
    this.#note.replaceChildren(...lines.flatMap((line) => [line, element('br')]));
  }
}

function errorRow(mark: string, name: string, errors: Errors | undefined): HTMLElement {
  const cell = (value: number | undefined): HTMLElement =>
    element('td', { class: 'number' }, [value === undefined ? '…' : short(value)]);
  return element('tr', {}, [
    element('th', { scope: 'row' }, [element('span', { class: `mark ${mark}` }), name]),
    cell(errors?.meanSquaredError),
    cell(errors?.meanDistance),
  ]);
}
