import './bodies.css';
import type { BodiesChoice, BodiesMotion } from '../engine/bodies-types.js';
import { BodiesScene } from '../scene/bodies/bodies-scene.js';
import { paletteAt } from '../scene/bodies/colours.js';
import { element, messageOf } from '../shell/dom.js';
import type { Panel, PanelParts } from '../shell/panel.js';
import { Later } from './later.js';
import { Latest } from './latest.js';
import { Legend } from './legend.js';
import { NumbersCard } from './numbers-card.js';
import { PairCard, withEnd } from './pair-card.js';
import { Picture } from './picture.js';
import { Playback } from './playback.js';
import { PredictionCard } from './prediction-card.js';
import {
  choiceOf,
  isSameSystem,
  questionOf,
  readSettings,
  type Settings,
  unturned,
  writeSettings,
} from './settings.js';
import { SystemCard } from './system-card.js';
import { TurnCard } from './turn-card.js';
import { mirrored, type Turn, takeStage, turned, turnedBy } from './turning.js';

/** The part 'bodies': bodies that move, and a trained network that foretells where they will be. */
export const bodiesPanel = (parts: PanelParts): Panel => new BodiesPanel(parts);

const LABEL = 'Moving bodies in 3D. Arrow keys, page up and page down turn them, the space bar plays and pauses.';

class BodiesPanel implements Panel {
  readonly root: HTMLElement;
  readonly #parts: PanelParts;
  readonly #place = element('div', { class: 'stage' });
  readonly #error = element('p', { class: 'error', role: 'alert', hidden: true });
  readonly #playback = new Playback((time) => this.#set({ paused: undefined, ...time }));
  readonly #legend = new Legend();
  readonly #system = new SystemCard((choice) => this.#set({ ...choice, pair: [0, 1] }));
  readonly #prediction = new PredictionCard((network) => this.#set({ network }));
  readonly #turn = new TurnCard({
    turn: (turn) => this.#turnBy(turn),
    mirror: () => this.#set(mirrored(this.#settings)),
    reset: () => this.#set({ turn: unturned, isMirrored: false }),
  });
  readonly #pair = new PairCard((settings) => this.#set(settings));
  readonly #numbers = new NumbersCard();
  readonly #computing = new Latest();
  readonly #scene = new BodiesScene(paletteAt(document.body));
  readonly #picture: Picture;
  readonly #writing = new Later(() => writeSettings(this.#parts.state, this.#settings), 200);
  #settings: Settings;
  #loaded: { readonly choice: BodiesChoice; readonly motion: BodiesMotion } | undefined;
  /** The end of the pair that the next click chooses. */
  #nextEnd: 0 | 1 = 0;
  /** What was asked last of the engine. */
  #asked = '';
  #leave: () => void = () => undefined;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#settings = readSettings(parts.state);
    const cards = [this.#system, this.#prediction, this.#turn];
    this.root = element('section', {}, [
      element('div', { class: 'view' }, [this.#place, this.#legend.root, this.#playback.root, this.#error]),
      element(
        'div',
        { class: 'controls' },
        cards.map(({ root }) => root),
      ),
      element('div', { class: 'more' }, [this.#pair.root, this.#numbers.root]),
    ]);
    this.#picture = new Picture(parts.stage, this.#scene, this.#playback);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  show(): void {
    const { stage, state } = this.#parts;
    stage.mount(this.#place, this.#scene.root, LABEL);
    this.#leave();
    this.#leave = takeStage(stage, {
      drag: (right, down) => this.#set(turned(stage, this.#settings, [right, down, 0])),
      click: (event) => this.#choose(event),
      turn: (turn) => this.#turnBy(turn),
      playPause: () => this.#playback.toggle(),
    });
    this.#writing.cancel();
    this.#settings = readSettings(state);
    this.#loaded = undefined;
    this.#apply();
  }

  hide(): void {
    this.#writing.flush();
    this.#picture.stop();
    this.#leave();
    this.#leave = () => undefined;
  }

  deviceChanged(): void {
    this.#asked = '';
    if (this.#loaded) this.#compute();
  }

  #set(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    this.#writing.ask();
    this.#apply();
  }

  #turnBy(turn: Turn): void {
    this.#set(turnedBy(this.#parts.stage, this.#settings, turn));
  }

  /** Shows the settings. */
  #apply(): void {
    const settings = this.#settings;
    this.#system.show(settings);
    if (!isSameSystem(this.#loaded?.choice, settings)) {
      void this.#load(settings);
      return;
    }
    this.#prediction.settings(settings);
    this.#turn.pose(settings);
    this.#pair.settings(settings, this.#loaded?.motion.charges ?? []);
    this.#legend.show({ field: this.#loaded?.motion.field?.name, isMirrored: settings.isMirrored });
    this.#scene.pose(settings);
    this.#picture.refresh();
    this.#compute();
  }

  /** Simulates the system of the settings; that needs no runtime. */
  async #load(settings: Settings): Promise<void> {
    try {
      const choice = choiceOf(settings);
      const motion = await this.#parts.engine.bodies.simulate(choice);
      if (!isSameSystem(choice, this.#settings)) return;
      this.#loaded = { choice, motion };
      this.#fail(undefined);
      this.#playback.load(motion, settings.speed, settings.paused);
      this.#prediction.show(undefined);
      this.#draw();
      this.#parts.stage.look(0.85 * this.#scene.radius);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Draws all anew, in the colours of now. */
  #draw(): void {
    if (!this.#loaded) return;
    this.#scene.load(this.#loaded.motion, paletteAt(document.body));
    this.#asked = '';
    this.#apply();
  }

  /** Asks for all that depends on how the system stands. */
  #compute(): void {
    const { pair, form, showsPair } = this.#settings;
    const question = questionOf(this.#settings);
    const asked = JSON.stringify([question, pair, form, showsPair]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#computing.run(async () => {
      const { choice, pose } = question;
      const { bodies } = this.#parts.engine;
      try {
        const prediction = await bodies.predict(question);
        const frame = await bodies.pairFrame(question, pair, form);
        const file = await bodies.file(question);
        if (!isSameSystem(this.#settings, choice)) return;
        this.#scene.show({ pose, prediction, pair: showsPair ? frame : undefined });
        this.#picture.refresh();
        this.#prediction.show(prediction);
        this.#turn.show(prediction, pose);
        this.#pair.show(frame);
        this.#numbers.show(prediction, file);
        this.#fail(undefined);
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  /** A click on a body chooses it. */
  #choose(event: PointerEvent): void {
    const body = this.#picture.bodyAt(event);
    if (body === undefined) return;
    this.#set({ pair: withEnd(this.#settings.pair, this.#nextEnd, body), showsPair: true });
    this.#nextEnd = this.#nextEnd === 0 ? 1 : 0;
  }

  #fail(error: unknown): void {
    this.#error.hidden = error === undefined;
    this.#error.textContent = error === undefined ? '' : messageOf(error);
  }
}
