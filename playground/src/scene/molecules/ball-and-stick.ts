import {
  type Color,
  CylinderGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  MeshStandardMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import type { ReadMolecule } from '../../engine/molecules-types.js';
import { type BondLine, bondLines, shiftOf } from './bond-lines.js';
import { colourOf, radiusOf } from './elements.js';

export interface BallAndStickOptions {
  /** The colour of carbon, to tell one conformer from another. */
  readonly carbon?: Color;
  /** Whether hydrogens are drawn. Default true. */
  readonly hydrogens?: boolean;
  /** Sticks alone, this thick as a share of the usual. */
  readonly sticksOnly?: number;
}

const sphere = new SphereGeometry(1, 24, 16);
const cylinder = new CylinderGeometry(1, 1, 1, 12, 1);
const UP = new Vector3(0, 1, 0);
const HIDDEN = new Matrix4().makeScale(0, 0, 0);

/** A molecule as balls and sticks; the colour of a stick changes in its middle. */
export class BallAndStick {
  readonly group = new Group();
  readonly #balls: InstancedMesh;
  readonly #sticks: InstancedMesh;
  readonly #lines: readonly BondLine[];
  readonly #radii: readonly number[];
  readonly #points: readonly Vector3[];
  readonly #thickness: number;

  constructor(molecule: Pick<ReadMolecule, 'atomicNumbers' | 'bonds'>, options: BallAndStickOptions = {}) {
    const { carbon, hydrogens = true, sticksOnly } = options;
    const numbers = Array.from(molecule.atomicNumbers);
    const isShown = (atom: number): boolean => hydrogens || numbers[atom] !== 1;
    this.#thickness = sticksOnly ?? 1;
    this.#lines = bondLines(molecule).filter(({ begin, end }) => isShown(begin) && isShown(end));
    const joint = (sticksOnly ?? 1) * 0.1;
    this.#radii = numbers.map((number, atom) => (!isShown(atom) ? 0 : sticksOnly ? joint : radiusOf(number)));
    this.#points = numbers.map(() => new Vector3());
    const material = new MeshStandardMaterial({ roughness: 0.45, metalness: 0.05 });
    this.#balls = new InstancedMesh(sphere, material, numbers.length);
    this.#sticks = new InstancedMesh(cylinder, material, 2 * this.#lines.length);
    const colours = numbers.map((number) => (number === 6 && carbon ? carbon : colourOf(number)));
    for (const [atom, colour] of colours.entries()) this.#balls.setColorAt(atom, colour);
    this.#lines.forEach(({ begin, end }, k) => {
      this.#sticks.setColorAt(2 * k, colours[begin]);
      this.#sticks.setColorAt(2 * k + 1, colours[end]);
    });
    // Atoms move: what was in view at first says nothing of later.
    for (const mesh of [this.#balls, this.#sticks]) mesh.frustumCulled = false;
    this.group.add(this.#balls, this.#sticks);
  }

  /** Moves atoms. @param coordinates Å, [atoms · 3]; @param firmness from 0 to 1: how thick the sticks are */
  place(coordinates: ArrayLike<number>, firmness = 1): void {
    const matrix = new Matrix4();
    this.#points.forEach((point, atom) => {
      point.set(coordinates[3 * atom], coordinates[3 * atom + 1], coordinates[3 * atom + 2]);
      const radius = this.#radii[atom];
      this.#balls.setMatrixAt(atom, matrix.makeScale(radius, radius, radius).setPosition(point));
    });
    for (const [k, line] of this.#lines.entries()) this.#placeLine(line, k, firmness);
    this.#balls.instanceMatrix.needsUpdate = true;
    this.#sticks.instanceMatrix.needsUpdate = true;
  }

  #placeLine(line: BondLine, k: number, firmness: number): void {
    const [from, to] = [this.#points[line.begin], this.#points[line.end]];
    const span = new Vector3().subVectors(to, from);
    const length = span.length();
    if (length < 1e-6) {
      for (const half of [0, 1]) this.#sticks.setMatrixAt(2 * k + half, HIDDEN);
      return;
    }
    const shift = shiftOf(line, from, to, (atom) => this.#points[atom]).clone();
    const turn = new Quaternion().setFromUnitVectors(UP, span.clone().divideScalar(length));
    const radius = line.radius * this.#thickness * firmness;
    for (const half of [0, 1]) {
      const middle = from
        .clone()
        .addScaledVector(span, 0.25 + half / 2)
        .add(shift);
      const scale = new Vector3(radius, length / 2, radius);
      this.#sticks.setMatrixAt(2 * k + half, new Matrix4().compose(middle, turn, scale));
    }
  }

  /** Frees what the graphics card holds of it. */
  dispose(): void {
    const { material } = this.#balls;
    this.#balls.dispose();
    this.#sticks.dispose();
    for (const one of Array.isArray(material) ? material : [material]) one.dispose();
  }
}

/** The distance of the outermost atom from the origin, and a margin, Å. */
export function reach(coordinates: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < coordinates.length; k += 3) {
    most = Math.max(most, Math.hypot(coordinates[k], coordinates[k + 1], coordinates[k + 2]));
  }
  return most + 0.6;
}
