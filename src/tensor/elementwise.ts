import { beforeExpand } from './layout.js';
import { broadcastShapes, ShapeError, sameShape } from './shape.js';
import { apply, asTensor, type Emitter, type Op, type Operand, requireDType, type Tensor } from './tensor.js';

/** These ops have no attributes. */
type None = Record<never, never>;
const none: None = {};

/** A function of one value, applied to every element; `derivative` gives dx from dy, x and y. */
function unary(
  name: string,
  onnx: string | ((emitter: Emitter, tensor: Tensor, x: string) => string),
  derivative: (dy: Tensor, x: Tensor, y: Tensor) => Tensor | null,
): Op<None> {
  return {
    name,
    signature([x]) {
      requireDType(name, 'input', x, 'float32');
      return { shape: x.shape, dtype: x.dtype };
    },
    onnx: (emitter, tensor, [x]) => (typeof onnx === 'string' ? emitter.node(onnx, [x]) : onnx(emitter, tensor, x)),
    gradient: (dy, y) => [derivative(dy, y.inputs[0], y)],
  };
}

const ops = {
  neg: unary('neg', 'Neg', (dy) => neg(dy)),
  exp: unary('exp', 'Exp', (dy, _, y) => mul(dy, y)),
  log: unary('log', 'Log', (dy, x) => div(dy, x)),
  sqrt: unary('sqrt', 'Sqrt', (dy, _, y) => div(mul(dy, 0.5), y)),
  sin: unary('sin', 'Sin', (dy, x) => mul(dy, cos(x))),
  cos: unary('cos', 'Cos', (dy, x) => neg(mul(dy, sin(x)))),
  tanh: unary('tanh', 'Tanh', (dy, _, y) => mul(dy, sub(1, mul(y, y)))),
  sigmoid: unary('sigmoid', 'Sigmoid', (dy, _, y) => mul(dy, mul(y, sub(1, y)))),
  softplus: unary('softplus', emitSoftplus, (dy, x) => mul(dy, sigmoid(x))),
  abs: unary('abs', 'Abs', (dy, x) => mul(dy, sign(x))),
  sign: unary('sign', 'Sign', () => null),
  // x·σ(x). The derivative in the form σ + y·(1 − σ) needs σ(x) and y, which are there anyway, and lets go of x.
  silu: unary('silu', emitSilu, (dy, x, y) => {
    const gate = sigmoid(x);
    return mul(dy, add(gate, mul(y, sub(1, gate))));
  }),
};

/** One fused node where only the value is wanted; a product with σ(x) where the gradient needs that anyway. */
function emitSilu(emitter: Emitter, tensor: Tensor, x: string): string {
  const gate = emitter.existing(sigmoid(tensor.inputs[0]));
  return gate
    ? emitter.node('Mul', [x, gate])
    : emitter.node('QuickGelu', [x], { alpha: { float: 1 } }, 'com.microsoft');
}

/**
 * max(x, 0) + log(1 + e^−|x|): every step of it handles several elements at once, where ONNX Runtime's own Softplus
 * takes three times as long.
 */
function emitSoftplus(emitter: Emitter, _: Tensor, x: string): string {
  const scalar = (value: number): string => emitter.constant([value], [], 'float32');
  const power = emitter.node('Exp', [emitter.node('Neg', [emitter.node('Abs', [x])])]);
  const logarithm = emitter.node('Log', [emitter.node('Add', [power, scalar(1)])]);
  return emitter.node('Add', [emitter.node('Max', [x, scalar(0)]), logarithm]);
}

/** -x. */
export const neg = (x: Tensor): Tensor => apply(ops.neg, [x], none);
/** e^x. */
export const exp = (x: Tensor): Tensor => apply(ops.exp, [x], none);
/** Natural logarithm. */
export const log = (x: Tensor): Tensor => apply(ops.log, [x], none);
/** Square root; its slope at 0 is infinite, see `safeSqrt`. */
export const sqrt = (x: Tensor): Tensor => apply(ops.sqrt, [x], none);
/** The sine, of radians. */
export const sin = (x: Tensor): Tensor => apply(ops.sin, [x], none);
/** The cosine, of radians. */
export const cos = (x: Tensor): Tensor => apply(ops.cos, [x], none);
/** The hyperbolic tangent. */
export const tanh = (x: Tensor): Tensor => apply(ops.tanh, [x], none);
/** 1 / (1 + e^-x). */
export const sigmoid = (x: Tensor): Tensor => apply(ops.sigmoid, [x], none);
/** log(1 + e^x). */
export const softplus = (x: Tensor): Tensor => apply(ops.softplus, [x], none);
/** The absolute value. */
export const abs = (x: Tensor): Tensor => apply(ops.abs, [x], none);
/** -1, 0 or 1. Its gradient is zero. */
export const sign = (x: Tensor): Tensor => apply(ops.sign, [x], none);
/** x·σ(x), also called swish. */
export const silu = (x: Tensor): Tensor => apply(ops.silu, [x], none);

type BinaryGradient = (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [Tensor | null, Tensor | null];

/** A function of two values; the inputs broadcast. */
function binary(
  name: string,
  onnx: string,
  gradient: BinaryGradient,
  result: 'float32' | 'bool' = 'float32',
): Op<None> {
  return {
    name,
    signature([a, b]) {
      requireDType(name, 'first input', a, 'float32');
      requireDType(name, 'second input', b, 'float32');
      return { shape: broadcastShapes(name, a.shape, b.shape), dtype: result };
    },
    onnx: (emitter, _, inputs) => emitter.node(onnx, inputs),
    gradient: (dy, y) => gradient(dy, y.inputs[0], y.inputs[1], y),
  };
}

const binaryOps = {
  add: binary('add', 'Add', (dy) => [dy, dy]),
  sub: binary('sub', 'Sub', (dy) => [dy, neg(dy)]),
  mul: binary('mul', 'Mul', (dy, a, b) => [mul(dy, b), mul(dy, a)]),
  div: binary('div', 'Div', (dy, _, b, y) => [div(dy, b), neg(div(mul(dy, y), b))]),
  // Where both are equal the gradient goes to the second input.
  maximum: binary('maximum', 'Max', (dy, a, b) => [where(less(b, a), dy, 0), where(less(b, a), 0, dy)]),
  minimum: binary('minimum', 'Min', (dy, a, b) => [where(less(a, b), dy, 0), where(less(a, b), 0, dy)]),
  less: binary('less', 'Less', () => [null, null], 'bool'),
};

/**
 * Applies a function of two values. What was expanded only to fit the other input is not expanded: these ops broadcast.
 */
function applyBinary(op: Op<None>, left: Operand, right: Operand): Tensor {
  const [a, b] = [asTensor(left), asTensor(right)];
  const full = broadcastShapes(op.name, a.shape, b.shape);
  const fits = (x: Tensor, y: Tensor): boolean => sameShape(broadcastShapes(op.name, x.shape, y.shape), full);
  const shortA = fits(beforeExpand(a), b) ? beforeExpand(a) : a;
  return apply(op, [shortA, fits(shortA, beforeExpand(b)) ? beforeExpand(b) : b], none);
}

/** a + b, each broadcast to the other. */
export const add = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.add, a, b);
/** a − b, each broadcast to the other. */
export const sub = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.sub, a, b);
/** a · b element by element, each broadcast to the other. */
export const mul = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.mul, a, b);
/** a / b, each broadcast to the other. */
export const div = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.div, a, b);
/** The larger of a and b, each broadcast to the other. */
export const maximum = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.maximum, a, b);
/** The smaller of a and b, each broadcast to the other. */
export const minimum = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.minimum, a, b);
/** Whether a < b, as a bool tensor. */
export const less = (a: Operand, b: Operand): Tensor => applyBinary(binaryOps.less, a, b);
/** x where it is positive, 0 where it is not. */
export const relu = (x: Tensor): Tensor => maximum(x, 0);
/** x². */
export const square = (x: Tensor): Tensor => mul(x, x);

export interface Limits {
  readonly low: number;
  readonly high: number;
}

const clampOp: Op<Limits> = {
  name: 'clamp',
  signature([x], { low, high }) {
    requireDType('clamp', 'input', x, 'float32');
    if (!(low <= high)) throw new ShapeError(`clamp: the limits ${low} and ${high} are not a range`);
    return { shape: x.shape, dtype: 'float32' };
  },
  onnx(emitter, { attributes: { low, high } }, [x]) {
    const limit = (value: number): string => emitter.constant([value], [], 'float32');
    return emitter.node('Clip', [x, limit(low), limit(high)]);
  },
  gradient: (dy, { inputs: [x], attributes: { low, high } }) => [where(less(low, x), where(less(x, high), dy, 0), 0)],
};

/** x limited to [low, high]; the gradient is zero outside and at the limits. */
export const clamp = (x: Tensor, low: number, high: number): Tensor => apply(clampOp, [x], { low, high });

const whereOp: Op<None> = {
  name: 'where',
  signature([condition, a, b]) {
    requireDType('where', 'condition', condition, 'bool');
    requireDType('where', 'second input', a, 'float32');
    requireDType('where', 'third input', b, 'float32');
    return {
      shape: broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape)),
      dtype: 'float32',
    };
  },
  onnx: (emitter, _, inputs) => emitter.node('Where', inputs),
  gradient: (dy, { inputs: [condition] }) => [null, where(condition, dy, 0), where(condition, 0, dy)],
};

/** Elements of `a` where the condition holds, of `b` elsewhere. */
export const where = (condition: Tensor, a: Operand, b: Operand): Tensor =>
  apply(whereOp, [condition, asTensor(a), asTensor(b)], none);

/** √x with value and slope 0 at x ≤ 0, where √ itself has an infinite slope or no value. */
export function safeSqrt(x: Tensor): Tensor {
  const positive = less(0, x);
  return where(positive, sqrt(where(positive, x, 1)), 0);
}

const stopGradientOp: Op<None> = {
  name: 'stopGradient',
  signature: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  onnx: (_, __, [x]) => x,
  gradient: () => [null],
};

/** The same value, seen as a constant by `gradient()`. */
export const stopGradient = (x: Tensor): Tensor => apply(stopGradientOp, [x], none);

const castOp: Op<{ readonly to: 'float32' | 'int32' | 'int64' }> = {
  name: 'cast',
  signature: ([x], { to }) => ({ shape: x.shape, dtype: to }),
  onnx: (emitter, { attributes }, [x]) => emitter.cast(x, attributes.to),
  gradient: () => [null],
};

/** The same numbers in another type. Has no gradient. */
export const cast = (x: Tensor, to: 'float32' | 'int32' | 'int64'): Tensor =>
  x.dtype === to ? x : apply(castOp, [x], { to });

export const elementwiseOps = {
  ...ops,
  ...binaryOps,
  clamp: clampOp,
  where: whereOp,
  stopGradient: stopGradientOp,
  cast: castOp,
};
