import { less, where } from './elementwise.js';
import { type Dim, formatShape, resolveAxis, type Shape, ShapeError, type Signature } from './shape.js';
import { apply, type Emitter, type Op, requireDType, requireRank, type Tensor } from './tensor.js';

/** The axis that is gathered or scattered along. */
export interface Along {
  readonly axis: number;
}

/** How many rows the result of a scatter has. */
export interface Rows {
  readonly rows: Dim;
}

/** Rows lie on the first axis, or on the second behind one of fixed size. */
function requireRows(op: string, { shape }: Tensor, axis: number): void {
  if (shape.length === 0) throw new ShapeError(`${op}: a scalar, of shape [], has no rows`);
  if (axis > 1 || (axis === 1 && typeof shape[0] !== 'number'))
    throw new ShapeError(
      `${op}: ${formatShape(shape)} has no rows on axis ${axis}: they lie on axis 0, or on 1 behind a fixed size`,
    );
}

/** The axis counted from the front; a scalar is refused with the other shapes. */
const axisOf = (op: string, { shape }: Tensor, axis: number): number =>
  shape.length === 0 ? 0 : resolveAxis(op, shape, axis);

/** A shape with another size along an axis. */
const resized = (shape: Shape, axis: number, size: Dim): Shape => shape.map((dim, k) => (k === axis ? size : dim));

const gatherOp: Op<Along> = {
  name: 'gather',
  signature([x, index], { axis }) {
    requireDType('gather', 'index', index, 'int32');
    requireRank('gather', 'index', index, 1);
    requireRows('gather', x, axis);
    return { shape: resized(x.shape, axis, index.shape[0]), dtype: x.dtype };
  },
  onnx: (emitter, { attributes: { axis } }, inputs) => emitter.node('Gather', inputs, { axis }),
  gradient: (dy, { inputs: [x, index], attributes: { axis } }) => [scatterAdd(dy, index, x.shape[axis], axis), null],
};

/**
 * Rows of `x` by number: result[e] = x[index[e]]. `index` is an int32 vector.
 * @param axis where the rows lie, default the first; along the second, result[k, e] = x[k, index[e]]
 */
export const gather = (x: Tensor, index: Tensor, axis = 0): Tensor =>
  apply(gatherOp, [x, index], { axis: axisOf('gather', x, axis) });

/** The shape rule of ops that put row e of `values` on row index[e] of the result. */
function scatteredShape(name: string, [values, index]: readonly Tensor[], rows: Dim, axis: number): Signature {
  requireDType(name, 'values', values, 'float32');
  requireDType(name, 'index', index, 'int32');
  requireRank(name, 'index', index, 1);
  requireRows(name, values, axis);
  if (values.shape[axis] !== index.shape[0]) {
    throw new ShapeError(
      `${name}: values of shape ${formatShape(values.shape)} and index of shape ${formatShape(index.shape)} differ in length`,
    );
  }
  return { shape: resized(values.shape, axis, rows), dtype: 'float32' };
}

/** Rows that are filled with `start` first, and joined with the rows of values that come to them. */
function emitScatter(
  emitter: Emitter,
  [values, index]: readonly string[],
  start: string,
  reduction: 'add' | 'max',
  places = (rows: string): string => rows,
): string {
  const column = emitter.node('Unsqueeze', [emitter.cast(index, 'int64'), emitter.constant([1], [1], 'int64')]);
  return emitter.node('ScatterND', [start, places(column), values], { reduction });
}

/** Places of rows on the second axis: for each number of the first, that number and the row, [count, edges, 2]. */
const placesOf =
  (emitter: Emitter, count: number, edges: Dim) =>
  (rows: string): string => {
    const each = emitter.shape([count, edges, 1]);
    const numbers = emitter.constant(
      Array.from({ length: count }, (_, k) => k),
      [count, 1, 1],
      'int64',
    );
    const parts = [numbers, rows].map((column) => emitter.node('Expand', [column, each]));
    return emitter.node('Concat', parts, { axis: 2 });
  };

const scatterAddOp: Op<Rows & Along> = {
  name: 'scatterAdd',
  signature: (inputs, { rows, axis }) => scatteredShape('scatterAdd', inputs, rows, axis),
  onnx(emitter, { shape, inputs: [, index], attributes: { axis } }, names) {
    const zeros = emitter.node('ConstantOfShape', [emitter.shape(shape)]);
    const places = axis === 0 ? undefined : placesOf(emitter, Number(shape[0]), index.shape[0]);
    return emitScatter(emitter, names, zeros, 'add', places);
  },
  gradient: (dy, { inputs: [, index], attributes: { axis } }) => [gather(dy, index, axis), null],
};

/**
 * Sums rows by number: result[i] = Σ values[e] over all e with index[e] = i. The result has `rows` rows.
 * @param axis where the rows lie, default the first; or the second, behind one of fixed size, such as x, y, z
 */
export const scatterAdd = (values: Tensor, index: Tensor, rows: Dim, axis = 0): Tensor =>
  apply(scatterAddOp, [values, index], { rows, axis: axisOf('scatterAdd', values, axis) });

// Every element that equals the maximum receives the gradient, as for `max`.
const scatterMaxOp: Op<Rows> = {
  name: 'scatterMax',
  signature: (inputs, { rows }) => scatteredShape('scatterMax', inputs, rows, 0),
  onnx(emitter, { shape }, inputs) {
    const lowest = emitter.constant([-Infinity], [], 'float32');
    return emitScatter(emitter, inputs, emitter.node('Expand', [lowest, emitter.shape(shape)]), 'max');
  },
  gradient(dy, y) {
    const [values, index] = y.inputs;
    return [where(less(values, gather(y, index)), 0, gather(dy, index)), null];
  },
};

/**
 * The largest of rows by number, element by element: result[i] = max values[e] over all e with index[e] = i. The
 * result has `rows` rows; a row that none comes to holds −∞.
 */
export const scatterMax = (values: Tensor, index: Tensor, rows: Dim): Tensor =>
  apply(scatterMaxOp, [values, index], { rows });

export const indexingOps = { gather: gatherOp, scatterAdd: scatterAddOp, scatterMax: scatterMaxOp };
