/** x, y, z. */
export type Point3 = readonly [number, number, number];

/** A rotation matrix, row by row: the rows are the viewer's right, up and towards. */
export type Rotation = readonly number[];

/** How far the eye is from the middle, where the scene reaches to 1. */
export const DISTANCE = 4;

/** A view turned by `yaw` about the vertical axis, which is z, then tipped by `pitch`; radians. */
export function viewRotation(yaw: number, pitch: number): Rotation {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return [cy, -sy, 0, sp * sy, sp * cy, cp, -cp * sy, -cp * cy, sp];
}

/** A point as it is seen: x to the right, y down, depth towards the viewer, and how large things look there. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly scale: number;
}

/** Perspective projection on the plane through the middle. */
export function project([x, y, z]: Point3, view: Rotation): Seen {
  const depth = view[6] * x + view[7] * y + view[8] * z;
  const scale = DISTANCE / (DISTANCE - depth);
  return {
    x: scale * (view[0] * x + view[1] * y + view[2] * z),
    y: -scale * (view[3] * x + view[4] * y + view[5] * z),
    depth,
    scale,
  };
}
