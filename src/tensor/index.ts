/**
 * Tensors: symbolic graphs of operations, their gradients, and how they compile to ONNX.
 *
 * @module tensor
 */

export { type CompileOptions, compile, type Port, type Program } from './compile.js';
export { addInDouble, type MatmulOptions, matmul, rowProducts } from './contraction.js';
export {
  abs,
  add,
  cast,
  clamp,
  cos,
  div,
  exp,
  less,
  log,
  maximum,
  minimum,
  mul,
  neg,
  relu,
  safeSqrt,
  sigmoid,
  sign,
  silu,
  sin,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
  where,
} from './elementwise.js';
export { gradient } from './gradient.js';
export { gather, scatterAdd, scatterMax } from './indexing.js';
export { concat, expand, pad, reshape, slice, transpose } from './layout.js';
export { layerNorm, meanSquare } from './normalization.js';
export { dot, max, mean, type ReductionOptions, size, sum } from './reduction.js';
export { type Dim, type DType, formatShape, type Shape, ShapeError, type Signature } from './shape.js';
export {
  asTensor,
  constant,
  type Input,
  type InputAttributes,
  input,
  type Op,
  type Operand,
  type Tensor,
} from './tensor.js';
export { cross } from './vectors.js';
