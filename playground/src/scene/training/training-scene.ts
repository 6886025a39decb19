import { Group, type Mesh, OctahedronGeometry, SphereGeometry, Vector3 } from 'three';
import type { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import type { BodiesMotion } from '../../engine/bodies-types.js';
import type { Palette } from '../bodies/colours.js';
import { targetMarks } from '../bodies/guesses.js';
import { empty, glowing, pieces, solid } from '../bodies/shapes.js';

/** Seconds that the bodies take from the input to the target, and that they rest there. */
const MOVE = 2;
const REST = 1.2;
/** How fast predictions glide to their new places; the part of the way that is left after a second. */
const LEFT = 1e-3;

/** A test system that moves from the input to the target, where the network's prediction waits for it. */
export class TrainingScene {
  readonly root = new Group();
  readonly #truth = new Group();
  readonly #guess = new Group();
  #motion: BodiesMotion | undefined;
  #balls: Mesh[] = [];
  #marks: Mesh[] = [];
  #errors: LineSegments2 | undefined;
  #predicted: Float32Array | undefined;
  #shown: Float32Array | undefined;
  #seconds = 0;

  constructor() {
    this.root.add(this.#truth, this.#guess);
  }

  /** The middle of all that is shown, and how far it reaches. */
  get bounds(): { readonly centre: Vector3; readonly radius: number } {
    const points = this.#motion ? pointsOf(this.#motion) : [];
    const centre = points.reduce((sum, point) => sum.addScaledVector(point, 1 / points.length), new Vector3());
    return { centre, radius: Math.max(1, ...points.map((point) => point.distanceTo(centre))) };
  }

  /** Takes the place of the system before; without a prediction until one comes. */
  load(motion: BodiesMotion, paint: Palette): void {
    this.#motion = motion;
    const { bodies, charges, positions, input, target } = motion;
    empty(this.#truth);
    const size = this.#size;
    // Smaller than the marks of the truth, which they end in.
    const geometry = new SphereGeometry(0.55 * size, 32, 24);
    this.#balls = charges.map((charge) => solid(geometry, charge > 0 ? paint.plus : paint.minus));
    const at = (snapshot: number, body: number): number[] => [
      ...positions.subarray(3 * (bodies * snapshot + body), 3 * (bodies * snapshot + body + 1)),
    ];
    const paths = charges.flatMap((_, body) =>
      Array.from({ length: target - input }, (__, k) => [...at(input + k, body), ...at(input + k + 1, body)]).flat(),
    );
    this.#truth.add(...this.#balls, pieces(paths, paint.truth, { width: 2 }), targetMarks(motion, size, paint));
    this.#paintGuess(paint);
  }

  /** Where the network sees the bodies now; undefined before there is one. */
  predict(predicted: Float32Array | undefined): void {
    const isFirst = this.#predicted === undefined;
    this.#predicted = predicted;
    if (isFirst || !predicted) this.#shown = predicted?.slice();
    this.#guess.visible = predicted !== undefined;
    this.#place();
  }

  /** Lets time go on. */
  advance(seconds: number): void {
    this.#seconds = (this.#seconds + seconds) % (MOVE + REST);
    this.#moveTo(Math.min(1, this.#seconds / MOVE));
    const [shown, predicted] = [this.#shown, this.#predicted];
    if (!shown || !predicted) return;
    const part = 1 - LEFT ** seconds;
    for (let k = 0; k < shown.length; k++) shown[k] += part * (predicted[k] - shown[k]);
    this.#place();
  }

  /** Shows how all ends, for people who want nothing to move. */
  rest(): void {
    this.#moveTo(1);
    this.#shown = this.#predicted?.slice();
    this.#place();
  }

  get #size(): number {
    return this.bounds.radius / 14;
  }

  #paintGuess(paint: Palette): void {
    empty(this.#guess);
    const { bodies = 0 } = this.#motion ?? {};
    const geometry = new OctahedronGeometry(0.9 * this.#size);
    this.#marks = Array.from({ length: bodies }, () => glowing(geometry, paint.predicted));
    this.#errors = pieces(new Array<number>(6 * bodies).fill(0), paint.predicted, { width: 2.5 });
    this.#errors.frustumCulled = false;
    this.#guess.add(...this.#marks, this.#errors);
    this.#place();
  }

  /** @param part of the way from the input to the target */
  #moveTo(part: number): void {
    const motion = this.#motion;
    if (!motion) return;
    const { input, target, bodies, positions } = motion;
    const snapshot = input + Math.round(part * (target - input));
    for (const [body, ball] of this.#balls.entries())
      ball.position.fromArray(positions, 3 * (bodies * snapshot + body));
  }

  /** Puts the predictions and the lines from them to the truth where they belong. */
  #place(): void {
    const [motion, shown] = [this.#motion, this.#shown];
    if (!motion || shown?.length !== 3 * this.#marks.length) return;
    const { bodies, positions, target } = motion;
    const lines = this.#marks.flatMap((mark, body) => {
      mark.position.fromArray(shown, 3 * body);
      const from = 3 * (bodies * target + body);
      return [...shown.subarray(3 * body, 3 * body + 3), ...positions.subarray(from, from + 3)];
    });
    this.#errors?.geometry.setPositions(lines);
  }
}

/** Where the bodies are at the input and the target, and where they would be if they went straight on. */
function pointsOf({ positions, bodies, input, target, straight }: BodiesMotion): Vector3[] {
  const snapshot = (k: number): Float32Array => positions.subarray(3 * bodies * k, 3 * bodies * (k + 1));
  return [snapshot(input), snapshot(target), straight].flatMap((rows) =>
    Array.from({ length: bodies }, (_, body) => new Vector3().fromArray(rows, 3 * body)),
  );
}
