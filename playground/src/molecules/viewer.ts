import { Color, Group } from 'three';
import type { ConformerSetView, PathStep, ReadMolecule } from '../engine/molecules-types.js';
import { BallAndStick, reach } from '../scene/molecules/ball-and-stick.js';
import { firmnessAt, momentOf } from '../scene/molecules/path-motion.js';
import type { Stage } from '../scene/stage.js';
import { element } from '../shell/dom.js';
import { Playback } from './playback.js';

/** How much of the outermost atoms' ball is in view: molecules are seldom long towards the viewer. */
const CLOSENESS = 0.88;
/** Radians a second. */
const SPIN = 0.6;
/** Radians at a press of an arrow key. */
const TURN = Math.PI / 12;

/** Molecules on the stage, with what moves them. */
export class MoleculeViewer {
  readonly root: HTMLElement;
  readonly #place = element('div', {
    class: 'stage',
    tabindex: 0,
    role: 'group',
    'aria-label': 'Molecule in 3D: the arrow keys turn it, plus and minus go nearer and away',
    'data-testid': 'stage',
    onkeydown: (event) => this.#onKey(event as KeyboardEvent),
  });
  readonly #caption = element('p', { class: 'note caption', 'data-testid': 'caption' });
  readonly #playback = new Playback(() => this.#refresh());
  readonly #stage: Stage;
  readonly #turning = new Group();
  #models: BallAndStick[] = [];
  #path: readonly PathStep[] = [];
  #radius = 3;
  #label = 'Molecule';
  #spins = false;
  #isMounted = false;
  /** Whether somebody has turned or zoomed: then the camera stays. */
  #isHeld = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.root = element('div', {}, [this.#place, this.#caption, this.#playback.root]);
    this.#playback.root.hidden = true;
    this.#place.addEventListener('pointerdown', () => {
      this.#isHeld = true;
    });
    this.#place.addEventListener('wheel', () => {
      this.#isHeld = true;
    });
  }

  /** Puts the canvas here. */
  mount(): void {
    this.#isMounted = true;
    this.#stage.mount(this.#place, this.#turning, this.#label);
    this.#look();
    this.#refresh();
  }

  /** Stops moving. */
  unmount(): void {
    this.#isMounted = false;
    this.#stage.stop();
  }

  set spins(spins: boolean) {
    this.#spins = spins;
    this.#refresh();
  }

  /** One molecule that stands. */
  showOne(molecule: ReadMolecule, coordinates: Float32Array, caption: string): void {
    const model = new BallAndStick(molecule);
    model.place(coordinates);
    this.#change([model], reach(coordinates), caption);
  }

  /** The way of a conformer, played from its start. */
  showWay(molecule: ReadMolecule, path: readonly PathStep[], caption: string): void {
    this.#change([new BallAndStick(molecule)], reach(path[path.length - 1].coordinates), caption, path);
    this.#playback.begin();
    this.#refresh();
  }

  /** All conformers laid on one of them. */
  showAll(molecule: ReadMolecule, { conformers, reference }: ConformerSetView, caption: string): void {
    const models = conformers.map(({ coordinates, number }, place) => {
      const carbon = new Color().setHSL((0.58 + 0.618 * number) % 1, 0.55, 0.55);
      const sticksOnly = place === reference ? 0.9 : 0.5;
      const model = new BallAndStick(molecule, { carbon, sticksOnly, hydrogens: false });
      model.place(coordinates);
      return model;
    });
    this.#change(models, Math.max(...conformers.map(({ coordinates }) => reach(coordinates))), caption);
  }

  #change(models: BallAndStick[], radius: number, caption: string, path: readonly PathStep[] = []): void {
    for (const model of this.#models) model.dispose();
    this.#turning.clear();
    this.#turning.add(...models.map(({ group }) => group));
    this.#models = models;
    this.#path = path;
    this.#radius = CLOSENESS * radius;
    this.#isHeld = false;
    this.#caption.textContent = caption;
    this.#label = caption;
    this.#playback.root.hidden = path.length === 0;
    this.#playback.pause();
    if (this.#isMounted) this.mount();
  }

  #look(): void {
    if (this.#isMounted) this.#stage.look(this.#radius);
  }

  /** Draws what is there now, and goes on drawing while something moves. */
  #refresh(): void {
    if (!this.#isMounted) return;
    this.#onFrame(0);
    if (this.#spins || this.#playback.isPlaying) this.#stage.animate((seconds) => this.#onFrame(seconds));
    else this.#stage.stop();
    this.#stage.render();
  }

  #onFrame(seconds: number): void {
    if (this.#spins) this.#turning.rotation.y += SPIN * seconds;
    if (this.#path.length === 0) return;
    const wasPlaying = this.#playback.isPlaying;
    this.#playback.advance(seconds);
    const { coordinates, sigma } = momentOf(this.#path, this.#playback.share);
    this.#models[0].place(coordinates, firmnessAt(sigma));
    this.#playback.tell(sigma);
    // Noise is far larger than the molecule: the camera goes back for it, but not so far that the rest is a dot.
    if (!this.#isHeld)
      this.#stage.look(Math.min(3 * this.#radius, Math.max(this.#radius, CLOSENESS * reach(coordinates))));
    if (wasPlaying && !this.#playback.isPlaying && !this.#spins) this.#stage.stop();
  }

  #onKey(event: KeyboardEvent): void {
    const { rotation } = this.#turning;
    if (event.key === 'ArrowLeft') rotation.y -= TURN;
    else if (event.key === 'ArrowRight') rotation.y += TURN;
    else if (event.key === 'ArrowUp') rotation.x -= TURN;
    else if (event.key === 'ArrowDown') rotation.x += TURN;
    else if (event.key === '+' || event.key === '=') this.#zoom(0.85);
    else if (event.key === '-') this.#zoom(1 / 0.85);
    else return;
    event.preventDefault();
    this.#stage.render();
  }

  #zoom(factor: number): void {
    const { camera, controls } = this.#stage;
    this.#isHeld = true;
    camera.position.sub(controls.target).multiplyScalar(factor).add(controls.target);
    controls.update();
  }
}
