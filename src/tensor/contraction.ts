import { broadcastShapes, formatShape, ShapeError, sameShape } from './shape.js';
import { apply, type Op, requireDType, requireRank, type Tensor } from './tensor.js';

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

const matmulOp: Op<MatmulAttributes> = {
  name: 'matmul',
  signature(inputs, { transposeA, transposeB }) {
    const [a, b, bias] = inputs;
    const names = ['first input', 'second input', 'bias'];
    for (const [k, x] of inputs.entries()) requireDType('matmul', names[k], x, 'float32');
    requireRank('matmul', 'first input', a, 2);
    requireRank('matmul', 'second input', b, 2);
    const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
    const [innerB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
    if (inner !== innerB) {
      const note = (flag: boolean): string => (flag ? ' transposed' : '');
      throw new ShapeError(
        `matmul: ${formatShape(a.shape)}${note(transposeA)} times ${formatShape(b.shape)}${note(transposeB)}: the inner sizes ${inner} and ${innerB} differ`,
      );
    }
    const shape = [rows, columns];
    if (bias && !sameShape(broadcastShapes('matmul: bias', bias.shape, shape), shape)) {
      throw new ShapeError(
        `matmul: bias of shape ${formatShape(bias.shape)} does not broadcast to ${formatShape(shape)}`,
      );
    }
    return { shape, dtype: 'float32' };
  },
  onnx: (emitter, { attributes: { transposeA, transposeB } }, inputs) =>
    emitter.node('Gemm', inputs, { transA: Number(transposeA), transB: Number(transposeB) }),
  gradient(dy, { inputs: [a, b, bias], attributes: { transposeA, transposeB } }) {
    const da = transposeA
      ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
      : matmul(dy, b, { transposeB: !transposeB });
    const db = transposeB
      ? matmul(dy, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, dy, { transposeA: !transposeA });
    return bias ? [da, db, dy] : [da, db];
  },
};

/** The product of two matrices, either of them transposed first, plus a bias. */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false, bias }: MatmulOptions = {},
): Tensor {
  return apply(matmulOp, bias ? [a, b, bias] : [a, b], { transposeA, transposeB });
}

export const contractionOps = { matmul: matmulOp };
