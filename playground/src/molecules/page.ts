import { proxy } from 'comlink';
import type { ConformerSetView, MoleculesFile, ReadMolecule } from '../engine/molecules-types.js';
import { download, element } from '../shell/dom.js';
import type { PanelParts } from '../shell/panel.js';
import { drawingOf } from './drawing.js';
import { GenerateForm } from './form.js';
import { layout } from './layout.js';
import './molecules.css';
import { Result } from './result.js';
import { isSameRequest, readSettings, type Settings, writeSettings } from './settings.js';
import { SmilesField } from './smiles-field.js';
import { Tools } from './tools.js';
import { WorkBar } from './work-bar.js';

const FILES: Readonly<Record<MoleculesFile, string>> = {
  sdf: 'conformers.sdf',
  xyz: 'conformers.xyz',
  path: 'way.xyz',
};

/** All of the part 'molecules': the settings, what is typed, and what comes of it. */
export class MoleculesPage {
  readonly root: HTMLElement;
  readonly #parts: PanelParts;
  readonly #field = new SmilesField(
    (smiles) => void this.#type(smiles),
    (smiles) => void this.#type(smiles).then(() => this.#begin()),
  );
  readonly #drawing = element('div', { class: 'drawing', 'data-testid': 'drawing' });
  readonly #form = new GenerateForm((form) => this.#change({ ...form, made: false, relaxed: false }));
  readonly #go: HTMLButtonElement;
  readonly #work: WorkBar;
  readonly #result: Result;
  readonly #tools: Tools;
  #settings: Settings;
  #molecule: ReadMolecule | undefined;
  #isFresh = true;
  /** The number of the text that was read last. */
  #reading = 0;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#settings = readSettings(parts.state);
    this.#work = new WorkBar(
      () => void parts.engine.molecules.cancel(),
      () => this.#tell(),
    );
    this.#result = new Result(parts.stage, (place) => this.#choose(place));
    this.#tools = new Tools({
      view: (view) => this.#look({ view }),
      spin: () => this.#look({ spin: !this.#settings.spin }),
      relax: () => void this.#relax(),
      save: (form) => void this.#save(form),
    });
    const attributes = {
      type: 'button',
      class: 'main',
      'data-testid': 'generate',
      onclick: () => this.#begin(),
    };
    this.#go = element('button', attributes, ['Make conformers']);
    const { viewer, gallery, notes, details } = this.#result;
    this.root = layout({
      ...{
        field: this.#field.root,
        drawing: this.#drawing,
        form: this.#form.root,
        go: this.#go,
        work: this.#work.root,
      },
      ...{ notes, viewer: viewer.root, views: this.#tools.views, files: this.#tools.files },
      ...{ gallery: gallery.root, details },
    });
  }

  /** Shows what the address says. */
  show(): void {
    const said = readSettings(this.#parts.state);
    const before = this.#settings;
    this.#settings = said;
    this.#form.settings = said;
    this.#result.viewer.mount();
    this.#result.viewer.spins = said.spin;
    const isMissing = said.made && !this.#result.set && !this.#work.isBusy;
    if (this.#isFresh || isMissing || !isSameRequest(said, before)) void this.#open(said);
    else this.#look({});
    this.#isFresh = false;
  }

  hide(): void {
    this.#result.viewer.unmount();
  }

  async #open({ smiles, made, relaxed }: Settings): Promise<void> {
    this.#field.text = smiles;
    await this.#read(smiles);
    if (!made || !this.#molecule) return;
    await this.#generate();
    if (relaxed) await this.#relax();
  }

  #change(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
    writeSettings(this.#parts.state, this.#settings);
    this.#tell();
  }

  #tell(): void {
    const { view, spin } = this.#settings;
    const { set, hasWay } = this.#result;
    this.#tools.tell({ view, spin, conformers: set?.conformers.length ?? 0, hasWay, isBusy: this.#work.isBusy });
    this.#go.disabled = this.#work.isBusy || !this.#molecule;
  }

  async #type(smiles: string): Promise<void> {
    if (smiles === this.#settings.smiles && this.#molecule) return;
    this.#change({ smiles, made: false, relaxed: false });
    await this.#read(smiles);
    if (this.#molecule) this.#change({ view: 'way', at: 1 });
  }

  /** Draws a molecule, or says what is wrong with its SMILES. */
  async #read(smiles: string): Promise<void> {
    const turn = ++this.#reading;
    this.#work.end();
    const { molecules } = this.#parts.engine;
    const answer = await molecules.read(smiles);
    if (turn !== this.#reading) return;
    this.#field.tell('error' in answer ? answer : undefined);
    this.#drawing.classList.toggle('stale', 'error' in answer);
    this.#molecule = 'error' in answer ? undefined : answer;
    this.#tell();
    if ('error' in answer) return;
    this.#drawing.replaceChildren(drawingOf(answer.drawing) ?? '');
    const shape = await molecules.shape(smiles);
    if (turn !== this.#reading || this.#work.isBusy) return;
    this.#result.clear(answer, shape);
    this.#tell();
  }

  /** What the button does: the way of the new conformers is shown. */
  #begin(): void {
    if (!this.#form.check()) return;
    if (!this.#molecule) return;
    this.#change({ view: 'way', at: 1 });
    this.#result.viewer.root.scrollIntoView({ block: 'nearest' });
    void this.#generate();
  }

  async #generate(): Promise<void> {
    const molecule = this.#molecule;
    if (!molecule || this.#work.isBusy) return;
    this.#change({ made: true, relaxed: false });
    const request = this.#settings;
    let isNew = true;
    await this.#work.run(
      (tell) => this.#parts.engine.molecules.generate(request, proxy(tell)),
      (set) => {
        this.#show(set, molecule, isNew);
        isNew = false;
      },
    );
  }

  async #relax(): Promise<void> {
    const { molecule } = this.#result;
    if (!molecule || this.#work.isBusy) return;
    this.#change({ relaxed: true });
    await this.#work.run(
      (tell) => this.#parts.engine.molecules.relax(proxy(tell)),
      (set) => this.#show(set, molecule, true),
    );
  }

  #show(set: ConformerSetView, molecule: ReadMolecule, isNew: boolean): void {
    this.#result.fill(set, molecule, isNew);
    this.#result.show(this.#settings);
    this.#tell();
  }

  #choose(place: number): void {
    const chosen = this.#result.set?.conformers[place];
    if (chosen) this.#look({ view: 'one', at: chosen.number + 1 });
  }

  #look(settings: Partial<Pick<Settings, 'view' | 'at' | 'spin'>>): void {
    this.#change(settings);
    this.#result.viewer.spins = this.#settings.spin;
    this.#result.show(this.#settings);
  }

  async #save(form: MoleculesFile): Promise<void> {
    download(FILES[form], await this.#parts.engine.molecules.file(form), 'text/plain');
  }
}
