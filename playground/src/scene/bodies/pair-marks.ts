import { Group, SphereGeometry, Vector3 } from 'three';
import type { PairFrame } from '../../engine/bodies-types.js';
import type { Palette } from './colours.js';
import { arrow, letter, pieces, solid } from './shapes.js';

const AXES = ['a', 'b', 'c'] as const;

/** The axes of a pair's frame, halfway between its bodies, and the bodies as they were. */
export function pairMarks({ ends, axes }: PairFrame, size: number, paint: Palette): Group {
  const group = new Group();
  const [i, j] = ends.map(([x, y, z]) => new Vector3(x, y, z));
  const middle = i.clone().lerp(j, 0.5);
  for (const [k, [x, y, z]] of axes.entries()) {
    const vector = new Vector3(x, y, z).multiplyScalar(8 * size);
    const color = paint[`axis-${AXES[k]}`];
    const tip = middle.clone().add(vector.clone().setLength(vector.length() + 0.9 * size));
    group.add(arrow(middle, vector, 0.13 * size, color), letter(AXES[k], tip, 1.7 * size, color));
  }
  for (const [name, end] of [['i', i] as const, ['j', j] as const]) {
    const above = end.clone().add(new Vector3(0, 1.5 * size, 0));
    const ball = solid(new SphereGeometry(0.8 * size, 24, 16), paint.ink, 0.25);
    ball.position.copy(end);
    group.add(ball, letter(name, above, 1.7 * size, paint.ink));
  }
  group.add(pieces([...i.toArray(), ...j.toArray()], paint.ink, { width: 1.5 }));
  return group;
}
