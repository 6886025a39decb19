import { BoxGeometry, Group, type Mesh, OctahedronGeometry, SphereGeometry } from 'three';
import type { BodiesMotion, BodiesPrediction } from '../../engine/bodies-types.js';
import type { Palette } from './colours.js';
import { glowing, pieces, solid } from './shapes.js';

/** Puts a copy of a thing at each of these points. */
function at(points: ArrayLike<number>, made: Mesh): Mesh[] {
  return Array.from({ length: points.length / 3 }, (_, k) => {
    const mesh = k === 0 ? made : made.clone();
    mesh.position.set(points[3 * k], points[3 * k + 1], points[3 * k + 2]);
    return mesh;
  });
}

/** The ends of lines from one list of points to another. */
const between = (from: ArrayLike<number>, to: ArrayLike<number>): number[] =>
  Array.from({ length: from.length / 3 }, (_, k) => [
    ...[0, 1, 2].map((axis) => from[3 * k + axis]),
    ...[0, 1, 2].map((axis) => to[3 * k + axis]),
  ]).flat();

/** Small crosses, as ends of lines. */
const crosses = (points: ArrayLike<number>, size: number): number[] =>
  Array.from({ length: points.length / 3 }, (_, k) =>
    [0, 1, 2].flatMap((axis) =>
      [-size, size].flatMap((shift) => [0, 1, 2].map((own) => points[3 * k + own] + (own === axis ? shift : 0))),
    ),
  ).flat();

/** Where the bodies will be at the target, and where they would be if they went straight on. */
export function targetMarks(
  { positions, bodies, input, target, straight }: BodiesMotion,
  size: number,
  paint: Palette,
) {
  const snapshot = (k: number): Float32Array => positions.subarray(3 * bodies * k, 3 * bodies * (k + 1));
  const group = new Group();
  group.add(
    ...at(snapshot(target), solid(new SphereGeometry(size, 24, 16), paint.truth, 0.3)),
    pieces(between(snapshot(input), straight), paint.straight, { width: 1.25, dash: size / 2 }),
    pieces(crosses(straight, 0.6 * size), paint.straight, { width: 2.5 }),
  );
  return group;
}

/** What the network says, joined to what is true; and what it said of the system as it was, moved like the system. */
export function predictionMarks(
  { predicted, followed, truth }: BodiesPrediction,
  size: number,
  paint: Palette,
  isMirrored: boolean,
): Group {
  const group = new Group();
  group.add(
    ...at(predicted, glowing(new OctahedronGeometry(1.1 * size), paint.predicted)),
    pieces(between(predicted, truth), paint.predicted, { width: 2.5 }),
  );
  if (isMirrored)
    group.add(...at(followed, glowing(new BoxGeometry(1.3 * size, 1.3 * size, 1.3 * size), paint.followed)));
  return group;
}
