import { type Dim, formatShape, ShapeError } from './shape.js';
import { apply, type Op, requireDType, requireRank, type Tensor } from './tensor.js';

type None = Record<never, never>;

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

const scatterAddOp: Op<{ readonly rows: Dim }> = {
  name: 'scatterAdd',
  signature([values, index], { rows }) {
    requireDType('scatterAdd', 'values', values, 'float32');
    requireDType('scatterAdd', 'index', index, 'int32');
    requireRank('scatterAdd', 'index', index, 1);
    if (values.shape[0] !== index.shape[0]) {
      throw new ShapeError(
        `scatterAdd: values of shape ${formatShape(values.shape)} and index of shape ${formatShape(index.shape)} differ in length`,
      );
    }
    return { shape: [rows, ...values.shape.slice(1)], dtype: 'float32' };
  },
  onnx(emitter, { shape }, [values, index]) {
    const zeros = emitter.node('ConstantOfShape', [emitter.shape(shape)]);
    const column = emitter.node('Unsqueeze', [emitter.cast(index, 'int64'), emitter.constant([1], [1], 'int64')]);
    return emitter.node('ScatterND', [zeros, column, values], { reduction: 'add' });
  },
  gradient: (dy, { inputs: [, index] }) => [gather(dy, index), null],
};

/** Sums rows by number: result[i] = Σ values[e] over all e with index[e] = i. The result has `rows` rows. */
export const scatterAdd = (values: Tensor, index: Tensor, rows: Dim): Tensor =>
  apply(scatterAddOp, [values, index], { rows });

export const indexingOps = { gather: gatherOp, scatterAdd: scatterAddOp };
