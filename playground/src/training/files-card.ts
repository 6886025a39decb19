import type { TrainedFile } from '../engine/training-types.js';
import { download, element } from '../shell/dom.js';

export interface FileActions {
  weights(): Promise<TrainedFile>;
  onnx(): Promise<TrainedFile>;
  load(file: File): void;
  fail(error: unknown): void;
}

/** Takes the network home, and brings one along. */
export class FilesCard {
  readonly root: HTMLElement;
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #input: HTMLInputElement;
  readonly #notes = element('p', { class: 'note', 'data-testid': 'notes' });

  constructor(actions: FileActions) {
    const button = (label: string, make: () => Promise<TrainedFile>): HTMLButtonElement =>
      element('button', { disabled: true, onclick: () => void save(make, actions.fail) }, [label]);
    this.#buttons = [button('Download weights', actions.weights), button('Download ONNX', actions.onnx)];
    this.#input = element('input', {
      type: 'file',
      accept: '.safetensors',
      onchange: () => {
        const [file] = this.#input.files ?? [];
        if (file) actions.load(file);
        this.#input.value = '';
      },
    });
    this.root = element('div', { class: 'card' }, [
      element('h2', {}, ['Files']),
      element('div', { class: 'row' }, [...this.#buttons]),
      element('p', { class: 'note' }, [
        'The network of the lowest validation error. Its weights are a safetensors file for ',
        element('code', {}, ['clofnet newton evaluate --weights']),
        ' and ',
        element('code', {}, ['predict']),
        '.',
      ]),
      element('label', { class: 'field drop' }, ['Drop a safetensors file on the page, or choose one:', this.#input]),
      this.#notes,
    ]);
  }

  /** @param hasNetwork whether there is one to take home */
  allow(hasNetwork: boolean, canLoad: boolean): void {
    for (const button of this.#buttons) button.disabled = !hasNetwork;
    this.#input.disabled = !canLoad;
  }

  notes(notes: readonly string[]): void {
    this.#notes.textContent = notes.map((note) => `Note: ${note}.`).join(' ');
  }
}

async function save(make: () => Promise<TrainedFile>, fail: (error: unknown) => void): Promise<void> {
  try {
    const { name, bytes } = await make();
    download(name, bytes);
  } catch (error) {
    fail(error);
  }
}

/** Takes files that are dropped anywhere on an element. */
export function takeDrops(place: HTMLElement, onFile: (file: File) => void): void {
  const mark = (isOver: boolean): void => void place.classList.toggle('dropping', isOver);
  place.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  place.addEventListener('dragleave', () => mark(false));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) onFile(file);
  });
}
