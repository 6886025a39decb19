import type { MoleculesFile } from '../engine/molecules-types.js';
import { element } from '../shell/dom.js';
import { VIEWS, type ViewName } from './settings.js';

interface ToolActions {
  view(name: ViewName): void;
  spin(): void;
  relax(): void;
  save(form: MoleculesFile): void;
}

const FILES: Readonly<Record<MoleculesFile, string>> = { sdf: 'SDF', xyz: 'XYZ', path: 'Trajectory as XYZ' };

/** What can be done with conformers that there are. */
export class Tools {
  readonly views: HTMLElement;
  readonly files: HTMLElement;
  readonly #views: ReadonlyMap<ViewName, HTMLButtonElement>;
  readonly #spin: HTMLButtonElement;
  readonly #relax: HTMLButtonElement;
  readonly #files: readonly HTMLButtonElement[];

  constructor(actions: ToolActions) {
    const button = (id: string, text: string, onclick: () => void): HTMLButtonElement =>
      element('button', { type: 'button', 'data-testid': id, onclick }, [text]);
    const names = Object.keys(VIEWS) as ViewName[];
    this.#views = new Map(names.map((name) => [name, button(`view-${name}`, VIEWS[name], () => actions.view(name))]));
    this.#spin = button('spin', 'Spin', () => actions.spin());
    this.#relax = button('relax', 'Relax all (MMFF94s)', () => actions.relax());
    const forms = Object.keys(FILES) as MoleculesFile[];
    this.#files = forms.map((form) => button(`save-${form}`, FILES[form], () => actions.save(form)));
    this.views = element('div', { class: 'row', role: 'group', 'aria-label': 'View' }, [
      ...this.#views.values(),
      this.#spin,
    ]);
    this.files = element('div', { class: 'files' }, [
      this.#relax,
      element('div', { class: 'row' }, [element('span', { class: 'note' }, ['Download']), ...this.#files]),
    ]);
  }

  /** @param hasWay whether the way of a conformer is there; @param conformers how many there are */
  tell(state: { view: ViewName; spin: boolean; conformers: number; hasWay: boolean; isBusy: boolean }): void {
    const { view, spin, conformers, hasWay, isBusy } = state;
    for (const [name, button] of this.#views) {
      button.setAttribute('aria-pressed', String(name === view && conformers > 0));
      button.disabled = conformers === 0 || (name === 'way' && !hasWay);
    }
    this.#spin.setAttribute('aria-pressed', String(spin));
    this.#relax.disabled = isBusy || conformers === 0;
    for (const button of this.#files) button.disabled = isBusy || conformers === 0;
    this.#files[this.#files.length - 1].disabled ||= !hasWay;
  }
}
