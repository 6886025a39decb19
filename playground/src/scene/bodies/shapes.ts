import {
  type BufferGeometry,
  CanvasTexture,
  type Color,
  ConeGeometry,
  CylinderGeometry,
  Group,
  type Material,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
  Quaternion,
  Sprite,
  SpriteMaterial,
  Vector3,
} from 'three';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';

const UP = new Vector3(0, 1, 0);

/** A solid thing in the light. */
export const solid = (geometry: BufferGeometry, color: Color, opacity = 1): Mesh =>
  new Mesh(
    geometry,
    new MeshStandardMaterial({ color, roughness: 0.45, transparent: opacity < 1, opacity, depthWrite: opacity === 1 }),
  );

/** A thing of flat faces that is seen in shadow too. */
export function glowing(geometry: BufferGeometry, color: Color): Mesh {
  const emissive = color.clone().multiplyScalar(0.3);
  const options = { color, emissive, roughness: 0.8, flatShading: true };
  // Drawn after what is transparent, which would tint it.
  const mesh = new Mesh(geometry, new MeshStandardMaterial({ ...options, transparent: true }));
  mesh.renderOrder = 2;
  return mesh;
}

/** An arrow of a vector, which may be mirrored or short. */
export function arrow(from: Vector3, vector: Vector3, thickness: number, color: Color): Group {
  const made = new Group();
  const length = vector.length();
  const head = Math.min(length, 5 * thickness);
  const material = new MeshBasicMaterial({ color });
  const shaft = new Mesh(new CylinderGeometry(thickness, thickness, length - head, 12), material);
  shaft.position.y = (length - head) / 2;
  const tip = new Mesh(new ConeGeometry(2.4 * thickness, head, 16), material);
  tip.position.y = length - head / 2;
  made.add(shaft, tip);
  made.position.copy(from);
  if (length > 0) made.quaternion.copy(new Quaternion().setFromUnitVectors(UP, vector.clone().divideScalar(length)));
  return made;
}

/** Straight pieces from point to point: points 2k and 2k + 1 are joined. */
export function pieces(points: readonly number[], color: Color, { width = 1.5, dash = 0 } = {}): LineSegments2 {
  const geometry = new LineSegmentsGeometry();
  geometry.setPositions([...points]);
  const material = new LineMaterial({ color, linewidth: width, dashed: dash > 0, dashSize: dash, gapSize: dash });
  return new LineSegments2(geometry, material).computeLineDistances();
}

/** A letter that faces the viewer, in front of everything. */
export function letter(text: string, at: Vector3, size: number, color: Color): Sprite {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const context = canvas.getContext('2d');
  if (context) {
    context.font = 'italic 600 46px serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = `#${color.getHexString()}`;
    context.fillText(text, 32, 32);
  }
  const sprite = new Sprite(new SpriteMaterial({ map: new CanvasTexture(canvas), depthTest: false }));
  sprite.scale.setScalar(size);
  sprite.position.copy(at);
  return sprite;
}

/** Takes out all that is in a group, and frees its memory. */
export function empty(group: Group): void {
  group.traverse((object: Object3D & { geometry?: BufferGeometry; material?: Material & { map?: CanvasTexture } }) => {
    object.geometry?.dispose();
    object.material?.map?.dispose();
    object.material?.dispose();
  });
  group.clear();
}
