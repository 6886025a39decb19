import type { BodiesPrediction, Errors, NetworkName } from '../engine/bodies-types.js';
import { choice, element, labelled } from '../shell/dom.js';
import { short } from './numbers.js';
import { networks, type Settings } from './settings.js';

/** How good the network's prediction is, and how good the straight line. */
export class PredictionCard {
  readonly root: HTMLElement;
  readonly #rows = element('tbody');
  readonly #note = element('p', { class: 'note', 'data-testid': 'network' }, ['Loading the network …']);

  readonly #network: HTMLSelectElement;
  readonly #networkField: HTMLElement;

  constructor(onChange: (network: NetworkName) => void) {
    this.#network = choice(networks, 'published', onChange);
    this.#networkField = labelled('Network', this.#network);
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['Where will they be at the target?']),
      this.#networkField,
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

  /** Only for systems in a magnetic field there is a choice. */
  settings({ kind, network }: Pick<Settings, 'kind' | 'network'>): void {
    this.#networkField.hidden = kind !== 'dynamic';
    this.#network.value = network;
  }

  show(prediction: BodiesPrediction | undefined): void {
    this.#rows.replaceChildren(
      errorRow('predicted', prediction?.network.title ?? 'The network', prediction?.errors.network),
      errorRow('straight', 'Straight on', prediction?.errors.straight),
    );
    if (!prediction) return;
    const { weights, learnedOn, note } = prediction.network;
    const lines = [
      `Weights: ${weights}${learnedOn === undefined ? '' : `, trained on systems of ${learnedOn} bodies`}.`,
      ...(note ? [`Note: ${note}.`] : []),
    ];
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
