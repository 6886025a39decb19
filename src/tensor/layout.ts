import { broadcastShapes, type Dim, formatShape, resolveAxis, type Shape, ShapeError, sameShape } from './shape.js';
import { apply, type Emitter, type Op, requireDType, type Tensor } from './tensor.js';

export interface ShapeAttribute {
  readonly shape: Shape;
}

const sorted = (shape: Shape): string =>
  shape
    .filter((dim) => typeof dim === 'string')
    .sort()
    .join();
const product = (shape: Shape): number => shape.reduce<number>((p, dim) => (typeof dim === 'number' ? p * dim : p), 1);

const reshapeOp: Op<ShapeAttribute> = {
  name: 'reshape',
  signature([x], { shape }) {
    if (sorted(x.shape) !== sorted(shape) || product(x.shape) !== product(shape)) {
      throw new ShapeError(
        `reshape: shape ${formatShape(x.shape)} does not hold as many elements as ${formatShape(shape)}`,
      );
    }
    return { shape, dtype: x.dtype };
  },
  onnx: (emitter, { shape, inputs }, [x]) => emitReshape(emitter, x, inputs[0].shape, shape),
  gradient: (dy, { inputs: [x] }) => [reshape(dy, x.shape)],
};

/** Writes the node that gives a value other axes. */
export function emitReshape(emitter: Emitter, x: string, from: Shape, to: Shape): string {
  const target = reshapeTarget(from, to);
  return target
    ? emitter.node('Reshape', [x, emitter.constant(target, [target.length], 'int64')])
    : emitter.node('Reshape', [x, emitter.shape(to)], { allowzero: 1 });
}

/**
 * Reshape's second input where it can be known now: 0 copies the size at the same place, or one size is -1, to be
 * found from the others (which must not be empty, so these two do not go together).
 */
function reshapeTarget(from: Shape, to: Shape): number[] | undefined {
  const target = to.map((dim, k) => (typeof dim === 'number' ? dim : dim === from[k] ? 0 : -1));
  const unknown = target.filter((size) => size === -1).length;
  return unknown > 1 || to.includes(0) || (unknown === 1 && target.includes(0)) ? undefined : target;
}

/** The same elements in the same order, with other axes. Named sizes must appear on both sides. */
export const reshape = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(reshapeOp, [x], { shape });

const transposeOp: Op<{ readonly permutation: readonly number[] }> = {
  name: 'transpose',
  signature([x], { permutation }) {
    const isPermutation = [...permutation].sort((a, b) => a - b).every((axis, k) => axis === k);
    if (permutation.length !== x.shape.length || !isPermutation) {
      throw new ShapeError(
        `transpose: [${permutation}] is not a permutation of the axes of shape ${formatShape(x.shape)}`,
      );
    }
    return { shape: permutation.map((axis) => x.shape[axis]), dtype: x.dtype };
  },
  onnx: (emitter, { attributes }, [x]) => emitter.node('Transpose', [x], { perm: attributes.permutation }),
  gradient: (dy, { attributes: { permutation } }) => [
    transpose(
      dy,
      permutation.map((_, k) => permutation.indexOf(k)),
    ),
  ],
};

/** Axes in another order; without a permutation, in reverse order. Two transposes in a row become one or none. */
export function transpose(
  x: Tensor,
  permutation: readonly number[] = x.shape.map((_, k) => x.shape.length - 1 - k),
): Tensor {
  const transposed = apply(transposeOp, [x], { permutation });
  if (x.op !== transposeOp) return transposed;
  const inner = (x as Tensor<{ permutation: readonly number[] }>).attributes.permutation;
  const combined = permutation.map((axis) => inner[axis]);
  return combined.every((axis, k) => axis === k)
    ? x.inputs[0]
    : apply(transposeOp, [x.inputs[0]], { permutation: combined });
}

const expandOp: Op<ShapeAttribute> = {
  name: 'expand',
  signature([x], { shape }) {
    if (!sameShape(broadcastShapes('expand', x.shape, shape), shape)) {
      throw new ShapeError(`expand: shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
    }
    return { shape, dtype: x.dtype };
  },
  onnx: (emitter, { shape }, [x]) => emitter.node('Expand', [x, emitter.shape(shape)]),
  gradient: (dy) => [dy],
};

/** Repeats the elements along axes of size 1 (and new leading axes) to fill `shape`. */
export const expand = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(expandOp, [x], { shape });

/** What was expanded, for ops that broadcast by themselves; any other tensor as it is. */
export const beforeExpand = (x: Tensor): Tensor => (x.op === expandOp ? x.inputs[0] : x);

const concatOp: Op<{ readonly axis: number }> = {
  name: 'concat',
  signature(inputs, { axis }) {
    const [first] = inputs;
    const sizes = inputs.map((x, k) => {
      const rest = (shape: Shape): Shape => shape.filter((_, j) => j !== axis);
      const size = x.shape[axis];
      if (typeof size !== 'number' || x.dtype !== first.dtype || !sameShape(rest(x.shape), rest(first.shape))) {
        throw new ShapeError(
          `concat: input ${k}, ${x.dtype} ${formatShape(x.shape)}, does not join ${first.dtype} ${formatShape(first.shape)} on axis ${axis}`,
        );
      }
      return size;
    });
    return {
      shape: first.shape.map((dim, k) => (k === axis ? sizes.reduce((a, b) => a + b) : dim)),
      dtype: first.dtype,
    };
  },
  onnx: (emitter, { attributes }, inputs) => emitter.node('Concat', inputs, { axis: attributes.axis }),
  gradient(dy, { inputs, attributes: { axis } }) {
    let start = 0;
    return inputs.map((x) => {
      const end = start + Number(x.shape[axis]);
      const part = slice(dy, axis, start, end);
      start = end;
      return part;
    });
  },
};

/** Joins tensors along an axis of fixed sizes. */
export function concat(inputs: readonly Tensor[], axis: number): Tensor {
  if (inputs.length === 0) throw new ShapeError('concat: no inputs');
  return inputs.length === 1
    ? inputs[0]
    : apply(concatOp, inputs, { axis: resolveAxis('concat', inputs[0].shape, axis) });
}

/** A range of one axis. */
export interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

const sliceOp: Op<Range> = {
  name: 'slice',
  signature([x], { axis, start, end }) {
    const size = x.shape[axis];
    const isWhole = Number.isInteger(start) && Number.isInteger(end);
    const isInside = typeof size === 'number' && 0 <= start && start <= end && end <= size;
    if (!isWhole || !isInside) {
      throw new ShapeError(`slice: ${start}…${end} is not inside axis ${axis} of shape ${formatShape(x.shape)}`);
    }
    return { shape: x.shape.map((dim, k) => (k === axis ? end - start : dim)), dtype: x.dtype };
  },
  onnx(emitter, { attributes: { axis, start, end } }, [x]) {
    const vector = (value: number): string => emitter.constant([value], [1], 'int64');
    return emitter.node('Slice', [x, vector(start), vector(end), vector(axis)]);
  },
  gradient: (dy, { inputs: [x], attributes: { axis, start, end } }) => [
    pad(dy, axis, start, Number(x.shape[axis]) - end),
  ],
};

/** Elements `start` to `end` (not included) of one axis, whose size is fixed. */
export function slice(x: Tensor, axis: number, start: number, end: number): Tensor {
  const resolved = resolveAxis('slice', x.shape, axis);
  return start === 0 && end === x.shape[resolved] ? x : apply(sliceOp, [x], { axis: resolved, start, end });
}

const padOp: Op<{ readonly axis: number; readonly before: number; readonly after: number }> = {
  name: 'pad',
  signature([x], { axis, before, after }) {
    requireDType('pad', 'input', x, 'float32');
    const size = x.shape[axis];
    const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0;
    if (typeof size !== 'number' || !isCount(before) || !isCount(after)) {
      throw new ShapeError(`pad: cannot pad axis ${axis} of shape ${formatShape(x.shape)} by ${before} and ${after}`);
    }
    return { shape: x.shape.map((dim, k) => (k === axis ? before + size + after : dim)), dtype: x.dtype };
  },
  onnx(emitter, { shape, attributes: { axis, before, after } }, [x]) {
    const amount = (value: number): number[] => shape.map((_, k) => (k === axis ? value : 0));
    return emitter.node('Pad', [
      x,
      emitter.constant([...amount(before), ...amount(after)], [2 * shape.length], 'int64'),
    ]);
  },
  gradient: (dy, { inputs: [x], attributes: { axis, before } }) => [
    slice(dy, axis, before, before + Number(x.shape[axis])),
  ],
};

/** Adds zeros before and after along one axis. */
export const pad = (x: Tensor, axis: number, before: number, after: number): Tensor =>
  before === 0 && after === 0 ? x : apply(padOp, [x], { axis: resolveAxis('pad', x.shape, axis), before, after });

/**
 * The sum of slices' gradients: where the slices tile their axis, as a network that takes a weight matrix apart
 * makes them, joining them is all that is needed. Returns undefined for tensors that are anything else.
 */
export function joinPadded(terms: readonly Tensor[]): Tensor | undefined {
  const parts = terms.filter(
    (term): term is Tensor<{ axis: number; before: number; after: number }> => term.op === padOp,
  );
  if (parts.length < 2 || parts.length !== terms.length) return undefined;
  parts.sort((a, b) => a.attributes.before - b.attributes.before);
  const [
    {
      attributes: { axis },
    },
  ] = parts;
  let end: Dim = 0;
  for (const part of parts) {
    if (part.attributes.axis !== axis || part.attributes.before !== end) return undefined;
    end += Number(part.inputs[0].shape[axis]);
  }
  return end === parts[0].shape[axis]
    ? concat(
        parts.map((part) => part.inputs[0]),
        axis,
      )
    : undefined;
}

export const layoutOps = {
  reshape: reshapeOp,
  transpose: transposeOp,
  expand: expandOp,
  concat: concatOp,
  slice: sliceOp,
  pad: padOp,
};
