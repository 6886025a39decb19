import { choice, element, labelled } from '../shell/dom.js';
import { MOST_CONFORMERS, type Settings, STARTS, startOf } from './settings.js';

type FormSettings = Pick<Settings, 'count' | 'seed' | 'start' | 'relax'>;

/** How conformers are made. */
export class GenerateForm {
  readonly root: HTMLElement;
  readonly #count = element('input', { type: 'number', min: 1, max: MOST_CONFORMERS, 'data-testid': 'count' });
  readonly #seed = element('input', { type: 'number', min: 0, step: 1, 'data-testid': 'seed' });
  readonly #relax = element('input', { type: 'checkbox', 'data-testid': 'relax-first' });
  readonly #start: HTMLSelectElement;

  /** @param onChange told of settings that make sense */
  constructor(onChange: (settings: FormSettings) => void) {
    const tell = (): void => {
      if (this.check()) onChange(this.settings);
    };
    this.#start = choice(STARTS, 'shapes', tell, { 'data-testid': 'start' });
    for (const field of [this.#count, this.#seed, this.#relax]) field.addEventListener('change', tell);
    for (const field of [this.#count, this.#seed]) field.required = true;
    this.root = element('div', { class: 'row' }, [
      labelled('Conformers', this.#count),
      labelled('Seed', this.#seed),
      labelled('Start from', this.#start),
      element('label', { class: 'tick' }, [this.#relax, 'relax with MMFF94s']),
    ]);
  }

  /** Whether all numbers make sense; where one does not, the browser says so beside it. */
  check(): boolean {
    return this.#count.reportValidity() && this.#seed.reportValidity();
  }

  get settings(): FormSettings {
    return {
      count: this.#count.valueAsNumber,
      seed: this.#seed.valueAsNumber,
      start: startOf(this.#start.value),
      relax: this.#relax.checked,
    };
  }

  set settings({ count, seed, start, relax }: FormSettings) {
    this.#count.value = String(count);
    this.#seed.value = String(seed);
    this.#start.value = start;
    this.#relax.checked = relax;
  }
}
