import type { ConformerView, ReadMolecule } from '../engine/molecules-types.js';
import { BallAndStick, reach } from '../scene/molecules/ball-and-stick.js';
import type { Stage } from '../scene/stage.js';

/** In pixels; they are shown at half of it. */
const [WIDTH, HEIGHT] = [240, 180];

/** Pictures of conformers, all from the same side; the camera stands afterwards where it stood. */
export function thumbnails(
  stage: Stage,
  molecule: ReadMolecule,
  conformers: readonly ConformerView[],
): HTMLCanvasElement[] {
  const position = stage.camera.position.clone();
  const target = stage.controls.target.clone();
  const radius = Math.max(0, ...conformers.map(({ coordinates }) => reach(coordinates)));
  stage.camera.position.copy(target).add({ x: 0.1, y: 0.1, z: 1 });
  stage.look(0.82 * radius);
  const pictures = conformers.map(({ coordinates }) => {
    const model = new BallAndStick(molecule);
    model.place(coordinates);
    const picture = stage.picture(model.group, WIDTH, HEIGHT);
    model.dispose();
    return picture;
  });
  stage.camera.position.copy(position);
  stage.controls.target.copy(target);
  stage.controls.update();
  stage.render();
  return pictures;
}
