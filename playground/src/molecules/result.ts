import type { ConformerSetView, ReadMolecule } from '../engine/molecules-types.js';
import type { Stage } from '../scene/stage.js';
import { element } from '../shell/dom.js';
import { energyText } from './conformer-words.js';
import { details } from './details.js';
import { Gallery } from './gallery.js';
import type { Settings } from './settings.js';
import { thumbnails } from './thumbnails.js';
import { MoleculeViewer } from './viewer.js';

/** What has come of the work: the stage, the gallery, and what is known of the conformer that was chosen. */
export class Result {
  readonly viewer: MoleculeViewer;
  readonly gallery: Gallery;
  readonly details = element('div', { class: 'card details', hidden: true });
  readonly notes = element('div', { class: 'note notes', 'data-testid': 'notes' });
  readonly #stage: Stage;
  #molecule: ReadMolecule | undefined;
  #set: ConformerSetView | undefined;
  /** What stands on the stage, so that it is not begun anew without need. */
  #shown = '';

  /** @param onChoose told of the place of a conformer that somebody clicked */
  constructor(stage: Stage, onChoose: (place: number) => void) {
    this.#stage = stage;
    this.viewer = new MoleculeViewer(stage);
    this.gallery = new Gallery(onChoose);
  }

  get set(): ConformerSetView | undefined {
    return this.#set;
  }

  /** The molecule that the conformers are of. */
  get molecule(): ReadMolecule | undefined {
    return this.#molecule;
  }

  get hasWay(): boolean {
    return (this.#set?.path.length ?? 0) > 0;
  }

  /** Takes everything away, and shows a shape of another molecule, where there is one. */
  clear(molecule: ReadMolecule, shape: Float32Array | undefined): void {
    this.#set = undefined;
    this.#molecule = molecule;
    this.#shown = '';
    this.gallery.fill({ conformers: [], reference: 0, path: [], notes: [], isStopped: false }, molecule, []);
    this.details.hidden = true;
    this.notes.replaceChildren();
    if (shape) this.viewer.showOne(molecule, shape, 'A rule-based shape; the network has not run yet.');
  }

  /** @param isNew whether these are other conformers than before, or the same ones with other coordinates */
  fill(set: ConformerSetView, molecule: ReadMolecule, isNew: boolean): void {
    if (isNew) this.#shown = '';
    this.#set = set;
    this.#molecule = molecule;
    this.gallery.fill(set, molecule, thumbnails(this.#stage, molecule, set.conformers));
    const stopped = set.isStopped ? [`stopped; ${set.conformers.length} conformers are there`] : [];
    this.notes.replaceChildren(...[...stopped, ...set.notes].map((note) => element('p', {}, [note])));
  }

  /** Shows what the settings say. */
  show(settings: Pick<Settings, 'view' | 'at'>): void {
    const [set, molecule] = [this.#set, this.#molecule];
    if (!set || !molecule || set.conformers.length === 0) return;
    const view = settings.view === 'way' && !this.hasWay ? 'one' : settings.view;
    const place = Math.max(
      0,
      set.conformers.findIndex(({ number }) => number + 1 === settings.at),
    );
    this.gallery.select(view === 'all' ? undefined : view === 'way' ? 0 : place);
    this.details.hidden = view === 'all';
    this.details.replaceChildren(details(set, view === 'way' ? 0 : place, molecule));
    const conformer = set.conformers[place];
    // Until the last one is there, they are laid on another one, and energies count from another one.
    const about = `${set.conformers.length} ${set.reference} ${place} ${conformer.energy}`;
    const key = view === 'way' ? view : `${view} ${about}`;
    if (key === this.#shown) return;
    this.#shown = key;
    if (view === 'way')
      this.viewer.showWay(molecule, set.path, 'Trajectory of the first conformer from noise to molecule.');
    else if (view === 'all') this.viewer.showAll(molecule, set, overlaid(set));
    else
      this.viewer.showOne(molecule, conformer.coordinates, `Conformer ${settings.at}, ${energyText(set, conformer)}`);
  }
}

function overlaid({ conformers, reference }: ConformerSetView): string {
  const other = conformers[reference].number + 1;
  if (conformers.length === 1) return 'One conformer without its hydrogens.';
  return `${conformers.length} conformers without their hydrogens, aligned to conformer ${other}, drawn thicker.`;
}
