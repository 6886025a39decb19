import type { Dim, Shape, Tensor } from '../../src/tensor/index.js';
import type { OpName, opTable } from '../../src/tensor/table.js';
import type { Op } from '../../src/tensor/tensor.js';

/**
 * The plain meaning of every op, in float64 and one element at a time: what the tests hold compiled programs against.
 * Slow, and meant to be read rather than run often.
 */

/** A computed tensor: its sizes and its elements in row-major order. Bools are 0 and 1. */
export interface Value {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export type Sizes = Readonly<Record<string, number>>;

/** The elements of every input, by name. */
export type Data = Readonly<Record<string, readonly number[]>>;

type AttributesOf<K extends OpName> = (typeof opTable)[K] extends Op<infer A> ? A : never;

interface Context {
  readonly sizes: Sizes;
  readonly data: Data;
}

type Rules = {
  [K in OpName]: (inputs: readonly Value[], attributes: AttributesOf<K>, context: Context) => Value;
};

const sizeOf = (dim: Dim, sizes: Sizes): number => {
  const size = typeof dim === 'number' ? dim : sizes[dim];
  if (size === undefined) throw new Error(`the test gives no size for ${dim}`);
  return size;
};

/** A shape with its named axes replaced by their sizes. */
export const resolve = (shape: Shape, sizes: Sizes): number[] => shape.map((dim) => sizeOf(dim, sizes));

export const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** The index along every axis of the element at `position`. */
function indexAt(position: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = position;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}

/** A tensor of this shape whose every element is given by its index. */
function build(shape: readonly number[], element: (index: readonly number[]) => number): Value {
  return { shape, data: Array.from({ length: count(shape) }, (_, position) => element(indexAt(position, shape))) };
}

/** The element at an index. The index may have more axes in front, and any number along axes of size 1: broadcasting. */
function at(x: Value, index: readonly number[]): number {
  const own = index.slice(index.length - x.shape.length);
  const position = own.reduce((sum, i, k) => sum * x.shape[k] + (x.shape[k] === 1 ? 0 : i), 0);
  return x.data[position];
}

/** Every index of a shape. */
const indices = (shape: readonly number[]): number[][] =>
  Array.from({ length: count(shape) }, (_, position) => indexAt(position, shape));

function broadcast(...shapes: (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
}

const replaced = (index: readonly number[], axis: number, by: number): number[] => index.with(axis, by);

const unary =
  (f: (x: number) => number) =>
  ([x]: readonly Value[]): Value => ({ shape: x.shape, data: x.data.map(f) });

const binary =
  (f: (a: number, b: number) => number) =>
  ([a, b]: readonly Value[]): Value =>
    build(broadcast(a.shape, b.shape), (index) => f(at(a, index), at(b, index)));

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

const reduction =
  (start: number, f: (a: number, b: number) => number) =>
  ([x]: readonly Value[], { axes, keepDims }: Reduction): Value => {
    const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const result = build(kept, (target) =>
      indices(x.shape)
        .filter((index) => index.every((i, axis) => axes.includes(axis) || i === target[axis]))
        .reduce((sum, index) => f(sum, at(x, index)), start),
    );
    return keepDims ? result : { ...result, shape: x.shape.filter((_, axis) => !axes.includes(axis)) };
  };

const flipped = (x: Value): Value => build(x.shape.toReversed(), ([i, j]) => at(x, [j, i]));

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

function layerNorm(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  const axis = x.shape.length - 1;
  return build(x.shape, (index) => {
    const row = Array.from({ length: x.shape[axis] }, (_, i) => at(x, replaced(index, axis, i)));
    const middle = mean(row);
    const variance = mean(row.map((value) => (value - middle) ** 2));
    const i = index[axis];
    return ((row[i] - middle) / Math.sqrt(variance + epsilon)) * scale.data[i] + bias.data[i];
  });
}

function concat(inputs: readonly Value[], axis: number): Value {
  const total = inputs.reduce((sum, x) => sum + x.shape[axis], 0);
  return build(inputs[0].shape.with(axis, total), (index) => {
    let i = index[axis];
    for (const x of inputs) {
      if (i < x.shape[axis]) return at(x, replaced(index, axis, i));
      i -= x.shape[axis];
    }
    throw new Error('unreachable');
  });
}

function pad(x: Value, axis: number, before: number, after: number): Value {
  return build(x.shape.with(axis, before + x.shape[axis] + after), (index) => {
    const i = index[axis] - before;
    return i >= 0 && i < x.shape[axis] ? at(x, replaced(index, axis, i)) : 0;
  });
}

function scatterAdd(values: Value, index: Value, rows: number, axis: number): Value {
  return build(values.shape.with(axis, rows), (place) =>
    index.data.reduce((sum, to, e) => (to === place[axis] ? sum + at(values, replaced(place, axis, e)) : sum), 0),
  );
}

function scatterMax(values: Value, index: Value, rows: number): Value {
  return build([rows, ...values.shape.slice(1)], ([row, ...rest]) =>
    index.data.reduce(
      (most, target, e) => (target === row ? Math.max(most, at(values, [e, ...rest])) : most),
      -Infinity,
    ),
  );
}

function cross(a: Value, b: Value): Value {
  return build(broadcast(a.shape, b.shape), ([axis, ...rest]) => {
    const [j, k] = [(axis + 1) % 3, (axis + 2) % 3];
    return at(a, [j, ...rest]) * at(b, [k, ...rest]) - at(a, [k, ...rest]) * at(b, [j, ...rest]);
  });
}

const rules = {
  input: (_, { name, shape }, { data, sizes }) => ({ shape: resolve(shape, sizes), data: data[name] }),
  constant: (_, { values, shape }, { sizes }) => ({ shape: resolve(shape, sizes), data: values }),
  neg: unary((x) => -x),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tanh: unary(Math.tanh),
  sigmoid: unary(sigmoid),
  softplus: unary((x) => Math.log1p(Math.exp(x))),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  silu: unary((x) => x * sigmoid(x)),
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b),
  div: binary((a, b) => a / b),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  less: binary((a, b) => Number(a < b)),
  where: ([condition, a, b]) =>
    build(broadcast(condition.shape, a.shape, b.shape), (index) => at(at(condition, index) ? a : b, index)),
  clamp: ([x], { low, high }) => ({ shape: x.shape, data: x.data.map((v) => Math.min(Math.max(v, low), high)) }),
  stopGradient: ([x]) => x,
  cast: ([x], { to }) => (to === 'float32' ? x : { shape: x.shape, data: x.data.map(Math.trunc) }),
  sum: reduction(0, (a, b) => a + b),
  max: reduction(-Infinity, Math.max),
  size: ([x], { axes }) => ({ shape: [], data: [count(axes.map((axis) => x.shape[axis]))] }),
  reshape: ([x], { shape }, { sizes }) => ({ shape: resolve(shape, sizes), data: x.data }),
  transpose: ([x], { permutation }) =>
    build(
      permutation.map((axis) => x.shape[axis]),
      (index) =>
        at(
          x,
          x.shape.map((_, axis) => index[permutation.indexOf(axis)]),
        ),
    ),
  expand: ([x], { shape }, { sizes }) => build(resolve(shape, sizes), (index) => at(x, index)),
  concat: (inputs, { axis }) => concat(inputs, axis),
  slice: ([x], { axis, start, end }) =>
    build(x.shape.with(axis, end - start), (index) => at(x, replaced(index, axis, index[axis] + start))),
  pad: ([x], { axis, before, after }) => pad(x, axis, before, after),
  gather: ([x, index], { axis }) =>
    build(x.shape.with(axis, index.shape[0]), (place) => at(x, replaced(place, axis, index.data[place[axis]]))),
  scatterAdd: ([values, index], { rows, axis }, { sizes }) => scatterAdd(values, index, sizeOf(rows, sizes), axis),
  scatterMax: ([values, index], { rows }, { sizes }) => scatterMax(values, index, sizeOf(rows, sizes)),
  matmul([left, right, bias], { transposeA, transposeB }) {
    const [a, b] = [transposeA ? flipped(left) : left, transposeB ? flipped(right) : right];
    const inner = b.shape[0];
    return build([...a.shape.slice(0, -1), b.shape[1]], (index) => {
      const [row, j] = [index.slice(0, -1), index[index.length - 1]];
      let sum = bias ? at(bias, index.slice(-2)) : 0;
      for (let k = 0; k < inner; k++) sum += at(a, [...row, k]) * at(b, [k, j]);
      return sum;
    });
  },
  rowProducts([a, b]) {
    const [m, n] = [a, b].map(({ shape }) => shape[shape.length - 1]);
    const rows = count(a.shape.slice(0, -1));
    return build([m, n], ([i, j]) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += a.data[row * m + i] * b.data[row * n + j];
      return sum;
    });
  },
  addInDouble: ([x, factors, divisor], { constants }) =>
    build(x.shape, ([row]) => {
      const sum = constants.reduce((total, c, k) => total + at(factors, [row, k]) * c, 0);
      return x.data[row] + sum / (divisor?.data[row] ?? 1);
    }),
  layerNorm: ([x, scale, bias], { epsilon }) => layerNorm(x, scale, bias, epsilon),
  cross: ([a, b]) => cross(a, b),
} satisfies Rules;

/** Computes tensors from the elements of their inputs; each tensor once. */
export function evaluate(tensors: readonly Tensor[], data: Data, sizes: Sizes = {}): Value[] {
  const known = new Map<Tensor, Value>();
  const visit = (tensor: Tensor): Value => {
    const existing = known.get(tensor);
    if (existing) return existing;
    const rule = rules[tensor.op.name as OpName] as Rules['reshape'];
    const value = rule(tensor.inputs.map(visit), tensor.attributes as AttributesOf<'reshape'>, { data, sizes });
    known.set(tensor, value);
    return value;
  };
  return tensors.map(visit);
}
