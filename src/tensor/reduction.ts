import { div, less, mul, where } from './elementwise.js';
import { expand, reshape } from './layout.js';
import { resolveAxis, type Shape, ShapeError } from './shape.js';
import { apply, type Op, requireDType, type Tensor } from './tensor.js';

export interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The shape with the given axes set to 1, or left out. */
const reduced = (shape: Shape, { axes, keepDims }: Reduction): Shape =>
  shape.map((dim, k) => (axes.includes(k) ? 1 : dim)).filter((_, k) => keepDims || !axes.includes(k));

/** A reduced tensor (or its gradient) with the axes of the original, repeated along those that were reduced. */
const restore = (y: Tensor, shape: Shape, axes: readonly number[]): Tensor =>
  expand(reshape(y, reduced(shape, { axes, keepDims: true })), shape);

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

const sumOp: Op<Reduction> = {
  ...reduceSum,
  // The sum of a matrix's rows is its product with a row of ones: ONNX Runtime's ReduceSum takes twice as long.
  onnx(emitter, tensor, [x]) {
    const { axes, keepDims } = tensor.attributes;
    const { shape } = tensor.inputs[0];
    if (shape.length !== 2 || axes.join() !== '0') return reduceSum.onnx(emitter, tensor, [x]);
    const one = emitter.constant([1], [1], 'float32');
    const ones = emitter.node('Expand', [one, emitter.shape(keepDims ? [1, shape[0]] : [shape[0]])]);
    return emitter.node('MatMul', [ones, x]);
  },
};

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
