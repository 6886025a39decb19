import { choice, element, labelled } from '../shell/dom.js';
import { type FieldName, fieldNames, fields, kinds, type View } from './settings.js';

/** What is trained, and on what. */
export class SettingsCard {
  readonly root: HTMLElement;
  readonly #kind: HTMLSelectElement;
  readonly #inputs: ReadonlyMap<FieldName, HTMLInputElement>;
  readonly #group = element('fieldset');
  readonly #hint = element('p', { class: 'note', role: 'status' });

  constructor(onChange: (change: Partial<View>) => void) {
    this.#kind = choice(kinds, 'charged', (kind) => onChange({ kind }));
    const input = (name: FieldName): HTMLInputElement => {
      const { min, max, step } = fields[name];
      const changed = (event: Event): void => onChange({ [name]: (event.target as HTMLInputElement).valueAsNumber });
      return element('input', { type: 'number', min, max, step, required: true, onchange: changed });
    };
    const own = fieldNames.filter((name) => name !== 'test');
    this.#inputs = new Map(own.map((name) => [name, input(name)]));
    this.#group.append(
      labelled('What moves', this.#kind),
      ...[...this.#inputs].map(([name, field]) => labelled(fields[name].label, field)),
    );
    this.root = element('div', { class: 'card' }, [element('h2', {}, ['Network and data']), this.#group, this.#hint]);
  }

  show(view: View): void {
    this.#kind.value = view.kind;
    for (const [name, input] of this.#inputs) {
      const text = Number.isNaN(view[name]) ? '' : String(view[name]);
      if (input.value !== text) input.value = text;
    }
  }

  /** Whether settings may be changed now, and what is to be known of a change. */
  allow(isAllowed: boolean, hint: string): void {
    this.#group.disabled = !isAllowed;
    this.#hint.textContent = hint;
  }
}
