import {
  type Camera,
  GridHelper,
  Group,
  type Material,
  type Mesh,
  Quaternion,
  Raycaster,
  SphereGeometry,
  Vector2,
  Vector3,
} from 'three';
import type { BodiesMotion, BodiesPrediction, PairFrame, Pose } from '../../engine/bodies-types.js';
import type { Palette } from './colours.js';
import { predictionMarks, targetMarks } from './guesses.js';
import { pairMarks } from './pair-marks.js';
import { arrow, empty, solid } from './shapes.js';
import { Trails } from './trails.js';

/** What is computed of a system in a pose; nothing of it where it is not to be seen. */
export interface Computed {
  readonly pose: Pose;
  readonly prediction?: BodiesPrediction;
  readonly pair?: PairFrame;
}

/** A system of bodies in a room that stays while the system turns in it. */
export class BodiesScene {
  readonly root = new Group();
  /** What turns by its pose: the bodies, their trails, the marks of the target. */
  readonly #system = new Group();
  readonly #inSystem = new Group();
  /** What is computed for the pose and stands where it was computed. */
  readonly #inRoom = new Group();
  readonly #predictions = new Group();
  readonly #pair = new Group();
  readonly #room = new Group();
  #motion: BodiesMotion | undefined;
  #palette: Palette;
  #balls: Mesh[] = [];
  #trails: Trails | undefined;
  #radius = 1;

  constructor(palette: Palette) {
    this.#palette = palette;
    this.#system.add(this.#inSystem);
    this.#inRoom.add(this.#predictions, this.#pair);
    this.root.add(this.#room, this.#system, this.#inRoom);
  }

  /** How much room the system takes about the point that it turns about. */
  get radius(): number {
    return this.#radius;
  }

  /** Takes the place of the system before. */
  load(motion: BodiesMotion, palette: Palette): void {
    this.#motion = motion;
    this.#palette = palette;
    this.#radius = radiusOf(motion);
    this.#trails?.dispose();
    for (const group of [this.#inSystem, this.#predictions, this.#pair, this.#room]) empty(group);
    const geometry = new SphereGeometry(this.#size, 32, 24);
    const colour = (body: number) => palette[motion.charges[body] > 0 ? 'plus' : 'minus'];
    this.#balls = motion.charges.map((_, body) => solid(geometry, colour(body)));
    this.#trails = new Trails(motion.bodies, (snapshot, body) => positionAt(motion, snapshot, body));
    this.#trails.colour(colour, palette.card);
    this.#inSystem.add(...this.#balls, this.#trails.lines, targetMarks(motion, this.#size, palette));
    const [x, y, z] = motion.centre;
    this.#inSystem.position.set(-x, -y, -z);
    this.#room.add(floor(this.#radius, palette));
  }

  /** Shows a snapshot, which may lie between two. */
  moveTo(snapshot: number): void {
    const motion = this.#motion;
    if (!motion) return;
    for (const [body, ball] of this.#balls.entries()) {
      const [x, y, z] = positionAt(motion, snapshot, body);
      ball.position.set(x, y, z);
    }
    this.#trails?.moveTo(snapshot);
  }

  /** Turns and mirrors the system; what was computed stays until what belongs to this pose is there. */
  pose(pose: Pose): void {
    const {
      turn: [w, x, y, z],
      isMirrored,
    } = pose;
    this.#system.quaternion.copy(new Quaternion(x, y, z, w));
    this.#system.scale.x = isMirrored ? -1 : 1;
    this.#showField(pose);
  }

  /** Shows what was computed for a pose. */
  show({ prediction, pair, pose }: Computed): void {
    empty(this.#predictions);
    empty(this.#pair);
    if (prediction) this.#predictions.add(predictionMarks(prediction, this.#size, this.#palette, pose.isMirrored));
    if (pair) this.#pair.add(pairMarks(pair, this.#size, this.#palette));
    const centre = new Vector3(...(this.#motion?.centre ?? [0, 0, 0]));
    this.#inRoom.position.copy(moved(pose, centre).negate());
  }

  /** The body at a point of the canvas, whose corners are at ±1. */
  bodyAt(x: number, y: number, camera: Camera): number | undefined {
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(x, y), camera);
    const [hit] = ray.intersectObjects(this.#balls, false);
    return hit ? this.#balls.indexOf(hit.object as Mesh) : undefined;
  }

  /** The radius of a ball. */
  get #size(): number {
    return this.#radius / 18;
  }

  /** The arrow of the field. */
  #showField(pose: Pose): void {
    const field = this.#motion?.field;
    this.#room.getObjectByName('field')?.removeFromParent();
    if (!field) return;
    const vector = moved(pose, new Vector3(...field.vector));
    if (pose.isMirrored && field.isPseudoVector) vector.negate();
    const start = new Vector3(-0.95, 0.7, 0).multiplyScalar(this.#radius);
    const made = arrow(start, vector.setLength(0.35 * this.#radius), 0.012 * this.#radius, this.#palette.field);
    made.name = 'field';
    this.#room.add(made);
  }
}

/** A vector in a pose: mirrored in x, and then turned. */
const moved = ({ turn: [w, x, y, z], isMirrored }: Pose, vector: Vector3): Vector3 =>
  vector.setX(isMirrored ? -vector.x : vector.x).applyQuaternion(new Quaternion(x, y, z, w));

function floor(radius: number, palette: Palette): GridHelper {
  const grid = new GridHelper(2.4 * radius, 12, palette.line, palette.line);
  grid.position.y = -1.05 * radius;
  (grid.material as Material).transparent = true;
  (grid.material as Material).opacity = 0.7;
  return grid;
}

/** Where a body is; between two snapshots, on the line between. */
function positionAt({ positions, bodies, snapshots }: BodiesMotion, snapshot: number, body: number): number[] {
  const before = Math.min(snapshots - 1, Math.max(0, Math.floor(snapshot)));
  const after = Math.min(snapshots - 1, before + 1);
  const share = snapshot - before;
  return [0, 1, 2].map((axis) => {
    const [x, y] = [before, after].map((k) => positions[3 * (bodies * k + body) + axis]);
    return x + share * (y - x);
  });
}

/** What holds every body from the input to the target; less where one flies far off. */
function radiusOf({ positions, bodies, input, target, centre }: BodiesMotion): number {
  const reaches = Array.from({ length: bodies }, (_, body) => {
    const distances = Array.from({ length: target - input + 1 }, (_, k) => {
      const at = 3 * (bodies * (input + k) + body);
      return Math.hypot(...centre.map((x, axis) => positions[at + axis] - x));
    });
    return Math.max(...distances);
  }).sort((a, b) => a - b);
  return Math.min(1.15 * (reaches.at(-1) ?? 1), 2 * reaches[Math.floor(bodies / 2)]);
}
