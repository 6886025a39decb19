import { largestEigenvector } from '../../geometry/symmetric-eigen.js';
import { type Point3, viewRotation } from '../projection.js';

/** How to turn shapes to the viewer. */
export interface Facing {
  /** Points about the middle of the first shape, turned. */
  turn(positions: ArrayLike<number>): Point3[];
  /** How far the first shape reaches from its middle, Å. */
  readonly reach: number;
}

/** The rows are right, up and towards, as a scene is first seen. */
const VIEW = viewRotation(-0.55, 0.38);

/** Turns a shape of some atoms so that its longest axis is seen across and its shortest from the front. */
export function facing(positions: ArrayLike<number>, atoms: number): Facing {
  const middle = [0, 1, 2].map((axis) => {
    let sum = 0;
    for (let atom = 0; atom < atoms; atom++) sum += positions[3 * atom + axis];
    return sum / atoms;
  });
  const centred = (all: ArrayLike<number>): Point3[] =>
    Array.from({ length: all.length / 3 }, (_, k) => [
      all[3 * k] - middle[0],
      all[3 * k + 1] - middle[1],
      all[3 * k + 2] - middle[2],
    ]);
  const points = centred(positions);
  const axes = principalAxes(points);
  const turnOne = (point: Point3): Point3 => {
    const [right, up, towards] = axes.map((axis) => axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2]);
    const [x, y, z] = [0, 1, 2].map((k) => VIEW[k] * right + VIEW[3 + k] * up + VIEW[6 + k] * towards);
    return [x, y, z];
  };
  return {
    turn: (all) => centred(all).map(turnOne),
    reach: Math.max(1, ...points.map((point) => Math.hypot(...point))),
  };
}

/** Longest, middle and shortest axis, a right-handed triple. */
function principalAxes(points: readonly Point3[]): readonly [Point3, Point3, Point3] {
  const scatter = new Float64Array(9);
  for (const point of points) {
    for (let p = 0; p < 3; p++) for (let q = 0; q < 3; q++) scatter[3 * p + q] += point[p] * point[q];
  }
  const [a, b, c] = largestEigenvector(scatter, 3);
  const size = [0, 1, 2].reduce((sum, k) => sum + scatter[4 * k], 0) + 1;
  // What lies along the first axis is taken below everything else, so that the next one is found.
  const rest = scatter.map((value, k) => value - 2 * size * [a, b, c][Math.floor(k / 3)] * [a, b, c][k % 3]);
  const [d, e, f] = largestEigenvector(rest, 3);
  return [
    [a, b, c],
    [d, e, f],
    [b * f - c * e, c * d - a * f, a * e - b * d],
  ];
}
