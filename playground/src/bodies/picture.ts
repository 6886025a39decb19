import type { BodiesScene } from '../scene/bodies/bodies-scene.js';
import type { Stage } from '../scene/stage.js';
import type { Playback } from './playback.js';

/** Draws the scene: again and again while time passes, else only when something has changed. */
export class Picture {
  readonly #stage: Stage;
  readonly #scene: BodiesScene;
  readonly #playback: Playback;
  #isMoving = false;

  constructor(stage: Stage, scene: BodiesScene, playback: Playback) {
    this.#stage = stage;
    this.#scene = scene;
    this.#playback = playback;
  }

  refresh(): void {
    if (!this.#playback.isPlaying) {
      this.stop();
      this.#scene.moveTo(this.#playback.snapshot);
      this.#stage.render();
    } else if (!this.#isMoving) {
      this.#isMoving = true;
      this.#stage.animate((seconds) => {
        this.#playback.advance(seconds);
        this.#scene.moveTo(this.#playback.snapshot);
      });
    }
  }

  stop(): void {
    this.#isMoving = false;
    this.#stage.stop();
  }

  /** The body at a point of the window. */
  bodyAt({ clientX, clientY }: PointerEvent): number | undefined {
    const { camera, canvas } = this.#stage;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return this.#scene.bodyAt((2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height, camera);
  }
}
