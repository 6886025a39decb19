import { less, where } from './elementwise.js';
import { type Dim, formatShape, ShapeError } from './shape.js';
import { apply, type Emitter, type Op, requireDType, requireRank, type Tensor } from './tensor.js';

type None = Record<never, never>;

export interface Rows {
  /** How many rows the result has. */
  readonly rows: Dim;
}

const gatherOp: Op<None> = {
  name: 'gather',
  signature([x, index]) {
    requireDType('gather', 'index', index, 'int32');
    requireRank('gather', 'index', index, 1);
    if (x.shape.length === 0) throw new ShapeError('gather: a scalar has no rows');
    return { shape: [index.shape[0], ...x.shape.slice(1)], dtype: x.dtype };
  },
  onnx: (emitter, _, inputs) => emitter.node('Gather', inputs, { axis: 0 }),
  gradient: (dy, { inputs: [x, index] }) => [scatterAdd(dy, index, x.shape[0]), null],
};

/** Rows of `x` by number: result[e] = x[index[e]]. `index` is an int32 vector. */
export const gather = (x: Tensor, index: Tensor): Tensor => apply(gatherOp, [x, index], {});

/** The shape rule of ops that put row e of `values` on row index[e] of the result. */
const scattered = (name: string): Op<Rows>['signature'] =>
  function signature([values, index], { rows }) {
    requireDType(name, 'values', values, 'float32');
    requireDType(name, 'index', index, 'int32');
    requireRank(name, 'index', index, 1);
    if (values.shape[0] !== index.shape[0]) {
      throw new ShapeError(
        `${name}: values of shape ${formatShape(values.shape)} and index of shape ${formatShape(index.shape)} differ in length`,
      );
    }
    return { shape: [rows, ...values.shape.slice(1)], dtype: 'float32' };
  };

/** Rows that are filled with `start` first, and joined with the rows of values that come to them. */
function emitScatter(
  emitter: Emitter,
  [values, index]: readonly string[],
  start: string,
  reduction: 'add' | 'max',
): string {
  const column = emitter.node('Unsqueeze', [emitter.cast(index, 'int64'), emitter.constant([1], [1], 'int64')]);
  return emitter.node('ScatterND', [start, column, values], { reduction });
}

const scatterAddOp: Op<Rows> = {
  name: 'scatterAdd',
  signature: scattered('scatterAdd'),
  onnx(emitter, { shape }, inputs) {
    return emitScatter(emitter, inputs, emitter.node('ConstantOfShape', [emitter.shape(shape)]), 'add');
  },
  gradient: (dy, { inputs: [, index] }) => [gather(dy, index), null],
};

/** Sums rows by number: result[i] = Σ values[e] over all e with index[e] = i. The result has `rows` rows. */
export const scatterAdd = (values: Tensor, index: Tensor, rows: Dim): Tensor =>
  apply(scatterAddOp, [values, index], { rows });

// Every element that equals the maximum receives the gradient, as for `max`.
const scatterMaxOp: Op<Rows> = {
  name: 'scatterMax',
  signature: scattered('scatterMax'),
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
