import { element } from './dom.js';
import { type PanelName, panelNames } from './url-state.js';

const LABELS: Readonly<Record<PanelName, string>> = {
  bodies: 'Bodies',
  training: 'Train it here',
  molecules: 'Molecules',
};

/** The tabs, with the arrow keys as the pattern of WAI-ARIA has them. */
export class Tabs {
  readonly #buttons: ReadonlyMap<PanelName, HTMLButtonElement>;

  constructor(list: HTMLElement, onOpen: (name: PanelName) => void) {
    const button = (name: PanelName): HTMLButtonElement =>
      element('button', { role: 'tab', id: `tab-${name}`, 'aria-controls': name, onclick: () => onOpen(name) }, [
        LABELS[name],
      ]);
    this.#buttons = new Map(panelNames.map((name) => [name, button(name)]));
    list.replaceChildren(...this.#buttons.values());
    list.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step === undefined) return;
      const at = panelNames.findIndex((name) => this.#buttons.get(name) === document.activeElement);
      const next = panelNames[(at + step + panelNames.length) % panelNames.length];
      this.#buttons.get(next)?.focus();
      onOpen(next);
    });
  }

  select(name: PanelName): void {
    for (const [own, button] of this.#buttons) {
      button.setAttribute('aria-selected', String(own === name));
      button.tabIndex = own === name ? 0 : -1;
    }
  }
}
