import type { BodiesChoice } from '../engine/bodies-types.js';
import { choice, element, labelled } from '../shell/dom.js';
import { kinds, usualBodies } from './settings.js';

/** What moves. */
export class SystemCard {
  readonly root: HTMLElement;
  readonly #kind: HTMLSelectElement;
  readonly #bodies: HTMLInputElement;
  readonly #seed: HTMLInputElement;
  readonly #onChange: (choice: Partial<BodiesChoice>) => void;

  constructor(onChange: (choice: Partial<BodiesChoice>) => void) {
    this.#onChange = onChange;
    this.#kind = choice(kinds, 'charged', (kind) => onChange({ kind, bodies: usualBodies[kind] }));
    const numberField = (min: number, max: number, name: 'bodies' | 'seed'): HTMLInputElement =>
      element('input', {
        type: 'number',
        min,
        max,
        step: 1,
        required: true,
        onchange: ({ target }) => {
          const field = target as HTMLInputElement;
          // The browser says what is wrong beside the field; the system in view stays.
          if (field.reportValidity()) onChange({ [name]: field.valueAsNumber });
        },
      });
    this.#bodies = numberField(2, 20, 'bodies');
    this.#seed = numberField(0, 0xffffffff, 'seed');
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['System']),
      labelled('What moves', this.#kind),
      element('div', { class: 'row' }, [
        labelled('Bodies, 2 to 20', this.#bodies),
        labelled('Seed', this.#seed),
        element('button', { onclick: () => this.#next() }, ['Next seed']),
      ]),
    ]);
  }

  show({ kind, bodies, seed }: BodiesChoice): void {
    this.#kind.value = kind;
    this.#bodies.value = String(bodies);
    this.#seed.value = String(seed);
  }

  #next(): void {
    this.#onChange({ seed: ((this.#seed.valueAsNumber || 0) + 1) % 2 ** 32 });
  }
}
