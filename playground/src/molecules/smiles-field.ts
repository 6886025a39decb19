import type { Mistake } from '../engine/molecules-types.js';
import { choice, element, labelled } from '../shell/dom.js';
import { EXAMPLES } from './examples.js';

/** How long a person may pause in typing, in milliseconds. */
const PAUSE = 250;

/** The line that a SMILES is typed in, with examples, and what is wrong with it. */
export class SmilesField {
  readonly root: HTMLElement;
  readonly #input = element('input', {
    type: 'text',
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    'aria-describedby': 'smiles-error',
    'data-testid': 'smiles',
  });
  readonly #examples: HTMLSelectElement;
  readonly #mark = element('div', {
    class: 'smiles-mark',
    'aria-hidden': 'true',
    'data-testid': 'smiles-mark',
    hidden: true,
  });
  readonly #error = element('p', { class: 'error', role: 'alert', id: 'smiles-error', 'data-testid': 'smiles-error' });
  #waiting = 0;

  /** @param onText told of another SMILES, once nobody types any more; @param onEnter told of the one to go on with */
  constructor(onText: (smiles: string) => void, onEnter: (smiles: string) => void) {
    const names = { '': 'Examples …', ...Object.fromEntries(Object.keys(EXAMPLES).map((name) => [name, name])) };
    const pick = (name: string): void => {
      this.text = EXAMPLES[name] ?? this.text;
      onText(this.text);
    };
    this.#examples = choice<string>(names, '', pick, { 'aria-label': 'Examples', 'data-testid': 'examples' });
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#waiting);
      this.#examples.value = '';
      this.#waiting = window.setTimeout(() => onText(this.text), PAUSE);
    });
    this.#input.addEventListener('keydown', ({ key }) => {
      if (key !== 'Enter') return;
      clearTimeout(this.#waiting);
      onEnter(this.text);
    });
    this.root = element('div', { class: 'smiles-field' }, [
      labelled('SMILES', this.#input),
      this.#examples,
      this.#mark,
      this.#error,
    ]);
  }

  get text(): string {
    return this.#input.value.trim();
  }

  set text(text: string) {
    clearTimeout(this.#waiting);
    if (text !== this.text) this.#input.value = text;
    this.#examples.value = Object.keys(EXAMPLES).find((name) => EXAMPLES[name] === text) ?? '';
  }

  /** Shows what is wrong and where, or that nothing is. */
  tell(mistake: Mistake | undefined): void {
    const { text } = this;
    const position = mistake?.position;
    this.#error.textContent = mistake?.error ?? '';
    this.#input.setAttribute('aria-invalid', String(mistake !== undefined));
    this.#mark.hidden = position === undefined;
    if (position === undefined) return;
    const place = element('mark', {}, [text[position] ?? ' ']);
    this.#mark.replaceChildren(text.slice(0, position), place, text.slice(position + 1));
    place.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }
}
