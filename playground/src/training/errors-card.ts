import { short } from '../bodies/numbers.js';
import type { TrainingStart, TrainingState } from '../engine/training-types.js';
import { element } from '../shell/dom.js';

/** How good the network is on the validation set, and what it is. */
export class ErrorsCard {
  readonly root: HTMLElement;
  readonly #rows = element('tbody');
  readonly #model = element('p', { class: 'note', 'data-testid': 'model' });
  readonly #note = element('p', { class: 'note' });

  constructor() {
    const heads = ['Guess', 'Squared error', 'Distance'];
    const head = heads.map((text, k) => element('th', { scope: 'col', class: k > 0 ? 'number' : undefined }, [text]));
    this.root = element('div', { class: 'card', hidden: true }, [
      element('h2', {}, ['On 200 systems it has not seen']),
      element('table', { 'data-testid': 'errors' }, [element('thead', {}, [element('tr', {}, head)]), this.#rows]),
      this.#note,
      this.#model,
    ]);
  }

  /** A network that has not been measured yet. */
  start({ model, parameters, straightLine, from }: TrainingStart): void {
    this.root.hidden = false;
    this.#rows.replaceChildren(row('straight', 'Straight line', straightLine));
    this.#note.textContent = '';
    this.#model.textContent = `${from ?? 'The network'}: ${describe({ ...model })}; ${parameters.toLocaleString('en')} weights.`;
  }

  /** The lowest validation error so far, while it learns. */
  best(valid: number, straightLine: number): void {
    this.#rows.replaceChildren(row('predicted', 'Network', valid), row('straight', 'Straight line', straightLine));
  }

  measured({ bestEpoch, evaluation }: TrainingState): void {
    const { network, straightLine, standingStill, equivariance } = evaluation;
    this.#rows.replaceChildren(
      row('predicted', 'Network', network.meanSquaredError, network.meanDistance),
      row('straight', 'Straight line', straightLine.meanSquaredError, straightLine.meanDistance),
      row('', 'Standing still', standingStill.meanSquaredError, standingStill.meanDistance),
    );
    const when = bestEpoch === 0 ? 'The initial weights' : `The weights after epoch ${bestEpoch}, its best`;
    this.#note.textContent = `${when}. Equivariance error ${short(equivariance)} of the output’s scale.`;
  }
}

function row(mark: string, name: string, squared: number, distance?: number): HTMLElement {
  const cell = (value: number | undefined): HTMLElement =>
    element('td', { class: 'number', 'data-value': value }, [value === undefined ? '…' : short(value)]);
  const head = element('th', { scope: 'row' }, [element('span', { class: `mark ${mark}` }), name]);
  return element('tr', {}, [head, cell(squared), cell(distance)]);
}

/** `clof_vel, hidden 32, layers 3, charges` */
const describe = (model: Readonly<Record<string, unknown>>): string =>
  Object.entries(model)
    .filter(([, value]) => value !== false && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => {
      if (name === 'model') return String(value);
      return value === true ? name : `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`;
    })
    .join(', ');
