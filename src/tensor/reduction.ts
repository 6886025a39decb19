import { div, less, mul, where } from './elementwise.js';
import { emitReshape, expand, reshape } from './layout.js';
import { resolveAxis, type Shape, ShapeError, staticSize } from './shape.js';
import { apply, type Emitter, type Op, requireDType, type Tensor } from './tensor.js';

export interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The shape with the given axes set to 1, or left out. */
const reduced = (shape: Shape, { axes, keepDims }: Reduction): Shape =>
  shape.map((dim, k) => (axes.includes(k) ? 1 : dim)).filter((_, k) => keepDims || !axes.includes(k));

/**
 * A reduced tensor (or its gradient) with the axes of the original, repeated along those that were reduced. Leading axes
 * that were dropped come back by broadcasting.
 */
const restore = (y: Tensor, shape: Shape, axes: readonly number[]): Tensor => {
  const areLeading = y.shape.length === shape.length - axes.length && axes.every((_, k) => axes.includes(k));
  return expand(areLeading ? y : reshape(y, reduced(shape, { axes, keepDims: true })), shape);
};

function reduction(name: string, onnx: string, gradient: Op<Reduction>['gradient']): Op<Reduction> {
  return {
    name,
    signature([x], attributes) {
      requireDType(name, 'input', x, 'float32');
      return { shape: reduced(x.shape, attributes), dtype: 'float32' };
    },
    onnx: (emitter, { attributes: { axes, keepDims } }, [x]) =>
      emitter.node(onnx, [x, emitter.constant(axes, [axes.length], 'int64')], { keepdims: Number(keepDims) }),
    gradient,
  };
}

const reduceSum = reduction('sum', 'ReduceSum', (dy, { inputs: [x], attributes: { axes } }) => [
  restore(dy, x.shape, axes),
]);

/** Axes as short as this: x, y, z, or the components of a symmetric matrix. Longer ones of fixed size keep ReduceSum. */
const SHORT = 6;

const sumOp: Op<Reduction> = {
  ...reduceSum,
  // ONNX Runtime's ReduceSum is fast along the last axes; along others it takes two to four times as long as these.
  onnx(emitter, tensor, [x]) {
    const { shape } = tensor.inputs[0];
    const [axis, ...others] = tensor.attributes.axes;
    const length = shape[axis];
    if (others.length > 0 || axis === shape.length - 1) return reduceSum.onnx(emitter, tensor, [x]);
    if (axis === 0) return emitRowSum(emitter, tensor, x) ?? reduceSum.onnx(emitter, tensor, [x]);
    return typeof length === 'number' && 0 < length && length <= SHORT
      ? emitAdditions(emitter, tensor, x, length)
      : reduceSum.onnx(emitter, tensor, [x]);
  },
};

/** The sum over the first axis is a product with a row of ones. */
function emitRowSum(emitter: Emitter, { shape, inputs, attributes }: Tensor<Reduction>, x: string): string | undefined {
  const [rows, ...rest] = inputs[0].shape;
  const one = emitter.constant([1], [1], 'float32');
  if (rest.length === 1) {
    const ones = emitter.node('Expand', [one, emitter.shape(attributes.keepDims ? [1, rows] : [rows])]);
    return emitter.node('MatMul', [ones, x]);
  }
  // As a matrix, one of whose sizes may be left open.
  const columns = staticSize(rest);
  if (typeof rows === 'string' ? !columns : rows === 0 || rows > SHORT) return undefined;
  const sizes = typeof rows === 'string' ? [-1, Number(columns)] : [rows, -1];
  const matrix = emitter.node('Reshape', [x, emitter.constant(sizes, [2], 'int64')]);
  const ones = emitter.node('Expand', [one, emitter.shape([1, rows])]);
  return emitReshape(emitter, emitter.node('MatMul', [ones, matrix]), [1, 'columns'], shape);
}

/** The sum over an axis of some elements, added one to the other. */
function emitAdditions(
  emitter: Emitter,
  { shape, inputs, attributes }: Tensor<Reduction>,
  x: string,
  length: number,
): string {
  const [axis] = attributes.axes;
  const vector = (value: number): string => emitter.constant([value], [1], 'int64');
  const parts = Array.from({ length }, (_, k) => emitter.node('Slice', [x, vector(k), vector(k + 1), vector(axis)]));
  const total = parts.reduce((a, b) => emitter.node('Add', [a, b]));
  const kept = inputs[0].shape.with(axis, 1);
  return attributes.keepDims ? total : emitReshape(emitter, total, kept, shape);
}

// Every element that equals the maximum receives the gradient.
const maxOp = reduction('max', 'ReduceMax', (dy, y) => {
  const [x] = y.inputs;
  const isBelow = less(x, restore(y, x.shape, y.attributes.axes));
  return [where(isBelow, 0, restore(dy, x.shape, y.attributes.axes))];
});

/** How a reduction shapes its result. */
export interface ReductionOptions {
  /** Keep the reduced axes with size 1. */
  readonly keepDims?: boolean;
}

/** Axes counted from the front, each at most once; all of them when not given. */
function resolveAxes(op: string, shape: Shape, axes: readonly number[] = shape.map((_, k) => k)): number[] {
  const resolved = axes.map((axis) => resolveAxis(op, shape, axis));
  if (new Set(resolved).size !== resolved.length) throw new ShapeError(`${op}: axes [${axes}] name one axis twice`);
  return resolved;
}

function reduce(op: Op<Reduction>, x: Tensor, axes: readonly number[] | undefined, keepDims = false): Tensor {
  requireDType(op.name, 'input', x, 'float32');
  const resolved = resolveAxes(op.name, x.shape, axes);
  return resolved.length === 0 ? x : apply(op, [x], { axes: resolved, keepDims });
}

/** The sum over some axes (all of them when not given). */
export const sum = (x: Tensor, axes?: readonly number[], options: ReductionOptions = {}): Tensor =>
  reduce(sumOp, x, axes, options.keepDims);

/** The largest element along some axes (all of them when not given). */
export const max = (x: Tensor, axes?: readonly number[], options: ReductionOptions = {}): Tensor =>
  reduce(maxOp, x, axes, options.keepDims);

const sizeOp: Op<{ readonly axes: readonly number[] }> = {
  name: 'size',
  signature: () => ({ shape: [], dtype: 'float32' }),
  onnx(emitter, { inputs: [x], attributes: { axes } }) {
    const sizes = emitter.shape(axes.map((axis) => x.shape[axis]));
    return emitter.cast(emitter.node('ReduceProd', [sizes], { keepdims: 0 }), 'float32');
  },
  gradient: () => [null],
};

/** The number of elements along some axes (all of them when not given), as a float32 scalar. */
export const size = (x: Tensor, axes?: readonly number[]): Tensor =>
  apply(sizeOp, [x], { axes: resolveAxes('size', x.shape, axes) });

/** The mean over some axes (all of them when not given). */
export const mean = (x: Tensor, axes?: readonly number[], options: ReductionOptions = {}): Tensor =>
  div(sum(x, axes, options), size(x, axes));

/** Σ a·b over the leading axis, kept with size 1: the dot product of vectors stored as [3, n]. */
export const dot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), [0], { keepDims: true });

export const reductionOps = { sum: sumOp, max: maxOp, size: sizeOp };
