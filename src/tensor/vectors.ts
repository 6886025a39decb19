import { broadcastShapes, formatShape, ShapeError } from './shape.js';
import { apply, type Op, requireDType, type Tensor } from './tensor.js';

const crossOp: Op<Record<never, never>> = {
  name: 'cross',
  signature([a, b]) {
    requireDType('cross', 'first input', a, 'float32');
    requireDType('cross', 'second input', b, 'float32');
    if (a.shape[0] !== 3 || b.shape[0] !== 3 || a.shape.length !== b.shape.length) {
      throw new ShapeError(
        `cross: inputs of shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} must have x, y, z as their first axis`,
      );
    }
    return { shape: broadcastShapes('cross', a.shape, b.shape), dtype: 'float32' };
  },
  // With r(x, y, z) = (y, z, x): a × b = r(a ∘ r(b) − r(a) ∘ b), which rolls three times where the definition rolls four.
  onnx(emitter, _, [a, b]) {
    const roll = (v: string): string =>
      emitter.node('Gather', [v, emitter.constant([1, 2, 0], [3], 'int64')], { axis: 0 });
    const [left, right] = [emitter.node('Mul', [a, roll(b)]), emitter.node('Mul', [roll(a), b])];
    return roll(emitter.node('Sub', [left, right]));
  },
  gradient: (dy, { inputs: [a, b] }) => [cross(b, dy), cross(dy, a)],
};

/** The cross product of vectors whose x, y, z lie on the first axis: [3, …]. */
export const cross = (a: Tensor, b: Tensor): Tensor => apply(crossOp, [a, b], {});

export const vectorOps = { cross: crossOp };
