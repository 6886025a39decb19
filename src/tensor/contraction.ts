import { broadcastShapes, type Dim, formatShape, type Shape, ShapeError, sameShape } from './shape.js';
import { apply, type Emitter, type Op, requireDType, requireRank, type Tensor } from './tensor.js';

/** Which factors {@link matmul} takes transposed. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Added to the product; broadcasts to its shape. */
  readonly bias?: Tensor;
}

export interface MatmulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const transposed = (flag: boolean): string => (flag ? ' transposed' : '');

/** Rows and columns of a factor, as it is or transposed. */
const sidesOf = ({ shape }: Tensor, isTransposed: boolean): [Dim, Dim] => {
  const [rows, columns] = shape.slice(-2);
  return isTransposed ? [columns, rows] : [rows, columns];
};

/** A stack of rows, [..., n], as one matrix [-1, n]. */
const flattened = (emitter: Emitter, name: string, { shape }: Tensor): string =>
  shape.length === 2
    ? name
    : emitter.node('Reshape', [name, emitter.constant([-1, Number(shape.at(-1))], [2], 'int64')]);

/** The rows of such a matrix, stacked as before. */
function stacked(emitter: Emitter, name: string, shape: Shape): string {
  if (shape.length === 2) return name;
  const isKnown = shape.filter((dim) => typeof dim === 'string').length < 2;
  const sizes = shape.map((dim) => (typeof dim === 'string' ? -1 : dim));
  return emitter.node('Reshape', [
    name,
    isKnown ? emitter.constant(sizes, [sizes.length], 'int64') : emitter.shape(shape),
  ]);
}

const matmulOp: Op<MatmulAttributes> = {
  name: 'matmul',
  signature(inputs, { transposeA, transposeB }) {
    const [a, b, bias] = inputs;
    const names = ['first input', 'second input', 'bias'];
    for (const [k, x] of inputs.entries()) requireDType('matmul', names[k], x, 'float32');
    if (transposeA || a.shape.length < 3) requireRank('matmul', 'first input', a, 2);
    requireRank('matmul', 'second input', b, 2);
    const [rows, inner] = sidesOf(a, transposeA);
    const [innerB, columns] = sidesOf(b, transposeB);
    if (inner !== innerB) {
      throw new ShapeError(
        `matmul: ${formatShape(a.shape)}${transposed(transposeA)} times ${formatShape(b.shape)}${transposed(transposeB)}: the inner sizes ${inner} and ${innerB} differ`,
      );
    }
    const shape = [...a.shape.slice(0, -2), rows, columns];
    // The bias is added to the matrix of all rows.
    const matrix = shape.slice(-2);
    if (bias && !sameShape(broadcastShapes('matmul: bias', bias.shape, matrix), matrix)) {
      throw new ShapeError(
        `matmul: bias of shape ${formatShape(bias.shape)} does not broadcast to ${formatShape(matrix)}`,
      );
    }
    if (bias && a.shape.length > 2) requireRank('matmul', 'bias', bias, 1);
    return { shape, dtype: 'float32' };
  },
  onnx(emitter, { shape, inputs: [a], attributes: { transposeA, transposeB } }, [left, ...others]) {
    const factors = [flattened(emitter, left, a), ...others];
    const product = emitter.node('Gemm', factors, { transA: Number(transposeA), transB: Number(transposeB) });
    return stacked(emitter, product, shape);
  },
  gradient(dy, { inputs: [a, b, bias], attributes: { transposeA, transposeB } }) {
    const da = transposeA
      ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
      : matmul(dy, b, { transposeB: !transposeB });
    const db = transposeA
      ? transposeB
        ? matmul(dy, a, { transposeA: true, transposeB: true })
        : matmul(a, dy)
      : transposeB
        ? rowProducts(dy, a)
        : rowProducts(a, dy);
    return bias ? [da, db, dy] : [da, db];
  },
};

/**
 * The product of two matrices, either of them transposed first, plus a bias. The first may be a stack of rows with more
 * axes, [..., n]: each of its rows is multiplied.
 */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false, bias }: MatmulOptions = {},
): Tensor {
  return apply(matmulOp, bias ? [a, b, bias] : [a, b], { transposeA, transposeB });
}

const rowProductsOp: Op<Record<never, never>> = {
  name: 'rowProducts',
  signature([a, b]) {
    requireDType('rowProducts', 'first input', a, 'float32');
    requireDType('rowProducts', 'second input', b, 'float32');
    if (a.shape.length < 2 || !sameShape(a.shape.slice(0, -1), b.shape.slice(0, -1)))
      throw new ShapeError(`rowProducts: ${formatShape(a.shape)} and ${formatShape(b.shape)} are not as many rows`);
    return { shape: [a.shape[a.shape.length - 1], b.shape[b.shape.length - 1]], dtype: 'float32' };
  },
  onnx: (emitter, { inputs }, names) =>
    emitter.node(
      'Gemm',
      names.map((name, k) => flattened(emitter, name, inputs[k])),
      { transA: 1, transB: 0 },
    ),
  gradient: (dy, { inputs: [a, b] }) => [matmul(b, dy, { transposeB: true }), matmul(a, dy)],
};

/** Σ aᵀ b over all rows of two stacks of rows, [..., m] and [..., n]: [m, n]. */
export function rowProducts(a: Tensor, b: Tensor): Tensor {
  return a.shape.length === 2 && b.shape.length === 2
    ? matmul(a, b, { transposeA: true })
    : apply(rowProductsOp, [a, b], {});
}

const addends = ['first input', 'second input', 'divisor'];

const addInDoubleOp: Op<{ readonly constants: readonly number[] }> = {
  name: 'addInDouble',
  signature(inputs, { constants }) {
    const [x] = inputs;
    const widths = [1, constants.length, 1];
    for (const [k, input] of inputs.entries()) {
      requireDType('addInDouble', addends[k], input, 'float32');
      if (sameShape(input.shape, [x.shape[0], widths[k]])) continue;
      throw new ShapeError(
        `addInDouble: the ${addends[k]} has shape ${formatShape(input.shape)}, expected ${widths[k]} numbers for each of ${x.shape[0]} rows`,
      );
    }
    return { shape: x.shape, dtype: 'float64' };
  },
  onnx(emitter, { attributes: { constants } }, inputs) {
    const [x, factors, ...divisors] = inputs.map((name) => emitter.cast(name, 'float64'));
    const sum = emitter.node('MatMul', [factors, emitter.constant(constants, [constants.length, 1], 'float64')]);
    const term = divisors.length === 0 ? sum : emitter.node('Div', [sum, ...divisors]);
    return emitter.node('Add', [x, term]);
  },
  gradient: (_, { inputs }) => inputs.map(() => null),
};

/**
 * x + factors · constants in double precision, for sums too large for float32: float64 [rows, 1]. It has no gradient.
 * @param x [rows, 1]
 * @param factors [rows, constants]; whole numbers are exact in float32
 * @param divisor what the products are divided by, [rows, 1]; default 1
 */
export const addInDouble = (x: Tensor, factors: Tensor, constants: readonly number[], divisor?: Tensor): Tensor =>
  apply(addInDoubleOp, divisor ? [x, factors, divisor] : [x, factors], { constants });

export const contractionOps = { matmul: matmulOp, rowProducts: rowProductsOp, addInDouble: addInDoubleOp };
