import type { FrameForm } from 'clofnet/geometry';
import type { Pair, PairFrame } from '../engine/bodies-types.js';
import { choice, element, labelled } from '../shell/dom.js';
import { coordinate, short, withIndices } from './numbers.js';
import { forms, type Settings } from './settings.js';

type PairSettings = Pick<Settings, 'pair' | 'showsPair' | 'form'>;

const MEANING =
  'The frame of a pair: a = x_i − x_j, b = x_i × x_j and c = a × b, with positions from the middle of all bodies. The ' +
  'numbers are the components of vectors on these axes, all that ClofNet knows about directions. They stay as ' +
  'they are when the system turns. In a mirror those on b change their sign. A propagator takes its axes from how the ' +
  'two bodies lie and move to each other, anew in each of its steps: r = x_i − x_j, and the part of v_i − v_j across it.';

const AXES = ['a', 'b', 'c'] as const;
const ROWS = ['x_i', 'x_j', 'v_i', 'v_j'];

/** The local frame of a pair, and the scalars on it. */
export class PairCard {
  readonly root: HTMLElement;
  readonly #i: HTMLSelectElement;
  readonly #j: HTMLSelectElement;
  readonly #form: HTMLSelectElement;
  readonly #shows: HTMLInputElement;
  readonly #rows = element('tbody');
  #pair: Pair = [0, 1];

  constructor(onChange: (settings: Partial<PairSettings>) => void) {
    const body = (end: 0 | 1): HTMLSelectElement =>
      element('select', {
        onchange: (event) => {
          const chosen = Number((event.target as HTMLSelectElement).value);
          onChange({ pair: withEnd(this.#pair, end, chosen), showsPair: true });
        },
      });
    this.#i = body(0);
    this.#j = body(1);
    this.#form = choice<FrameForm>(forms, 'published', (form) => onChange({ form }));
    this.#shows = element('input', { type: 'checkbox', onchange: () => onChange({ showsPair: this.#shows.checked }) });
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['The local frame of a pair']),
      element('div', { class: 'row' }, [labelled('Body i', this.#i), labelled('Body j', this.#j)]),
      labelled('Axes', this.#form),
      element('label', { class: 'check' }, [this.#shows, 'Show it in the picture, at the input']),
      element('table', { 'data-testid': 'scalars' }, [
        element('thead', {}, [element('tr', {}, [element('th', {}, ['']), ...AXES.map(axisHead)])]),
        this.#rows,
      ]),
      element('p', { class: 'note' }, withIndices(MEANING)),
      element('p', { class: 'note' }, ['A click on a body chooses it, in turns as i and as j.']),
    ]);
    this.show(undefined);
  }

  settings({ pair, showsPair, form }: PairSettings, charges: readonly number[]): void {
    this.#pair = pair;
    const options = (): HTMLElement[] =>
      charges.map((charge, k) => element('option', { value: k }, [`${k + 1} (${charge > 0 ? '+' : '−'})`]));
    for (const [k, select] of [this.#i, this.#j].entries()) {
      select.replaceChildren(...options());
      select.value = String(pair[k]);
    }
    this.#form.value = form;
    this.#shows.checked = showsPair;
  }

  show(frame: PairFrame | undefined): void {
    const rows = ROWS.map((name, row) => scalarRow(name, frame?.scalars[row]));
    const lengths = frame?.axes.map((axis) => Math.hypot(...axis));
    this.#rows.replaceChildren(...rows, scalarRow('length', lengths));
  }
}

const axisHead = (axis: string): HTMLElement =>
  element('th', { scope: 'col', class: 'number' }, [element('span', { class: `mark axis-${axis}` }), axis]);

function scalarRow(name: string, values: readonly number[] | undefined): HTMLElement {
  const cells = AXES.map((_, k) =>
    element('td', { class: 'number', title: values ? short(values[k]) : '' }, [values ? coordinate(values[k]) : '…']),
  );
  return element('tr', {}, [element('th', { scope: 'row' }, withIndices(name)), ...cells]);
}

/** A pair with another body at one end; where that is the other end already, they change places. */
export function withEnd(pair: Pair, end: 0 | 1, body: number): Pair {
  const [i, j] = pair;
  if (pair[1 - end] === body) return [j, i];
  return end === 0 ? [body, j] : [i, body];
}
