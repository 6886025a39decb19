/** The size of one axis: a number, or the name of a size that is known only when the program runs. */
export type Dim = number | string;

/** The sizes of all axes, outermost first. A scalar has the shape []. */
export type Shape = readonly Dim[];

/** The type of a tensor's elements. */
export type DType = 'float32' | 'float64' | 'int32' | 'int64' | 'bool';

/** Shape and element type: what an op's shape rule returns. */
export interface Signature {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A shape, dtype or index that an op cannot take. Names the op, the input and the shapes at fault. */
export class ShapeError extends TypeError {
  override name = 'ShapeError';
}

/** A shape for a message: `[nodes, 3]`. */
export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`;

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((dim, k) => dim === b[k]);

/** The axis counted from the front; -1 is the last one. */
export function resolveAxis(op: string, shape: Shape, axis: number): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= shape.length) {
    throw new ShapeError(`${op}: axis ${axis} does not exist in shape ${formatShape(shape)}`);
  }
  return resolved;
}

/** The shape that two shapes broadcast to: axes are matched from the last, and size 1 stretches. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => {
    const left = a[k - rank + a.length] ?? 1;
    const right = b[k - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw new ShapeError(
      `${op}: inputs of shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast (axis ${k})`,
    );
  });
}

/** The number of elements, if no axis is named. */
export function staticSize(shape: Shape): number | undefined {
  let size = 1;
  for (const dim of shape) {
    if (typeof dim === 'string') return undefined;
    size *= dim;
  }
  return size;
}
