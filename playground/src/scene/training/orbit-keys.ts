import { Spherical, Vector3 } from 'three';
import type { Stage } from '../stage.js';

/** One press of a key. */
const STEP = Math.PI / 18;

const keys: Readonly<Record<string, readonly [around: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Lets the arrow keys lead the camera around what it looks at.
 * @returns what ends it
 */
export function orbitByKeys({ canvas, camera, controls }: Stage): () => void {
  const press = (event: KeyboardEvent): void => {
    const turn = keys[event.key];
    if (!turn) return;
    event.preventDefault();
    const arm = new Vector3().subVectors(camera.position, controls.target);
    const angles = new Spherical().setFromVector3(arm);
    angles.theta += turn[0] * STEP;
    angles.phi += turn[1] * STEP;
    camera.position.copy(controls.target).add(arm.setFromSpherical(angles.makeSafe()));
    controls.update();
  };
  canvas.tabIndex = 0;
  canvas.addEventListener('keydown', press);
  return () => {
    canvas.removeEventListener('keydown', press);
    canvas.removeAttribute('tabindex');
  };
}
