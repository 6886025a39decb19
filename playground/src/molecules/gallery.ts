import type { ConformerSetView, ReadMolecule } from '../engine/molecules-types.js';
import { element } from '../shell/dom.js';
import { energyText } from './conformer-words.js';

/** The conformers side by side; each is a button that shows it. */
export class Gallery {
  readonly root = element('div', {
    class: 'gallery',
    role: 'group',
    'aria-label': 'Conformers',
    'data-testid': 'gallery',
  });
  readonly #onChoose: (place: number) => void;
  #buttons: HTMLButtonElement[] = [];

  constructor(onChoose: (place: number) => void) {
    this.#onChoose = onChoose;
  }

  fill(set: ConformerSetView, molecule: ReadMolecule, pictures: readonly HTMLCanvasElement[]): void {
    const focused = this.#buttons.findIndex((button) => button.matches(':focus'));
    this.#buttons = set.conformers.map((conformer, place) => {
      const picture = pictures[place];
      picture.setAttribute('aria-hidden', 'true');
      const isRight = conformer.findings.length === 0;
      const stereo = molecule.stereoUnits === 0 ? 'sound' : 'stereo correct';
      return element(
        'button',
        { type: 'button', class: 'thumb', 'data-testid': 'thumb', onclick: () => this.#onChoose(place) },
        [
          picture,
          element('strong', {}, [`${conformer.number + 1}`]),
          element('span', {}, [energyText(set, conformer)]),
          element('span', {}, [place === set.reference ? 'reference' : `RMSD ${conformer.rmsd.toFixed(2)} Å`]),
          ...(conformer.isomer ? [element('span', {}, [conformer.isomer.set])] : []),
          element('span', { class: isRight ? 'right' : 'wrong' }, [isRight ? `✓ ${stereo}` : '✗ see below']),
        ],
      );
    });
    this.root.replaceChildren(...this.#buttons);
    this.#buttons[focused]?.focus();
  }

  select(place: number | undefined): void {
    for (const [k, button] of this.#buttons.entries()) button.setAttribute('aria-pressed', String(k === place));
  }
}
