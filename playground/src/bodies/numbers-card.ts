import type { BodiesFile, BodiesPrediction } from '../engine/bodies-types.js';
import { download, element, tableHead } from '../shell/dom.js';
import { coordinate } from './numbers.js';

const HEAD = ['Body', 'x', 'y', 'z', 'Off by'];

/** The numbers of every body, and the files and commands that give the same. */
export class NumbersCard {
  readonly root: HTMLElement;
  readonly #rows = element('tbody', { 'data-testid': 'predicted' });
  readonly #commands = element('pre', { 'data-testid': 'commands' });
  readonly #button: HTMLButtonElement;
  #file: BodiesFile | undefined;

  constructor() {
    this.#button = element('button', { disabled: true, onclick: () => this.#save() }, ['Download extended XYZ']);
    this.root = element('details', { class: 'card' }, [
      element('summary', {}, ['The same on the command line']),
      element('p', { class: 'note' }, ['The system as it stands at the input, for clofnet newton predict:']),
      this.#button,
      this.#commands,
      element('p', { class: 'note' }, [
        'The first command makes the same trajectory, the second predicts for the file. Predicted positions:',
      ]),
      element('table', {}, [tableHead(HEAD), this.#rows]),
    ]);
  }

  show(prediction: BodiesPrediction | undefined, file: BodiesFile | undefined): void {
    this.#file = file;
    this.#button.disabled = file === undefined;
    this.#commands.textContent = file?.commands.join('\n') ?? '';
    const { predicted = new Float32Array(), truth = new Float32Array() } = prediction ?? {};
    this.#rows.replaceChildren(
      ...Array.from({ length: predicted.length / 3 }, (_, k) => {
        const [at, true_] = [predicted, truth].map((rows) => [...rows.subarray(3 * k, 3 * k + 3)]);
        const off = Math.hypot(...at.map((x, axis) => x - true_[axis]));
        const cell = (text: string): HTMLElement => element('td', { class: 'number' }, [text]);
        return element('tr', {}, [
          element('th', { scope: 'row' }, [String(k + 1)]),
          ...at.map((x) => cell(coordinate(x, 5))),
          cell(coordinate(off, 3)),
        ]);
      }),
    );
  }

  #save(): void {
    if (this.#file) download(this.#file.name, this.#file.text, 'chemical/x-xyz');
  }
}
