import { concat, formatShape, mul, reshape, ShapeError, sum, type Tensor } from '../tensor/index.js';
import type { Frame } from './frame.js';

/**
 * Scalarization of tensors of any order r (Du et al. 2022, section 3): the 3^r numbers T(e_p, e_q, …), which do not
 * change when the system turns. On an orthonormal frame nothing is lost: {@link tensorizeTensor} gives T back.
 * @param tensor components [3, 3, …, n], one leading axis of x, y, z for each order; [n] for order 0
 * @returns scalars of the same shape; along the leading axes lie a, b, c instead of x, y, z
 * @throws ShapeError if the shape is not that of a tensor of this order
 */
export function scalarizeTensor(tensor: Tensor, frame: Frame, order: number): Tensor {
  requireOrder('scalarizeTensor', tensor, order);
  return onEveryAxis(tensor, order, () => stack(frame, 1));
}

/**
 * Tensorization at any order r (Du et al. 2022, section 3): Σ coefficient_pq… e_p ⊗ e_q ⊗ …, which turns with the
 * system.
 * @param coefficients scalars [3, 3, …, n], one leading axis of a, b, c for each order; [n] for order 0
 * @returns components of the same shape; along the leading axes lie x, y, z instead of a, b, c
 * @throws ShapeError if the shape is not that of a tensor of this order
 */
export function tensorizeTensor(coefficients: Tensor, frame: Frame, order: number): Tensor {
  requireOrder('tensorizeTensor', coefficients, order);
  return onEveryAxis(coefficients, order, () => stack(frame, 0));
}

/** The three axes as one tensor: [3 (x, y, z), 3 (a, b, c), n], or [3 (a, b, c), 3 (x, y, z), n] for `at` 0. */
function stack({ a, b, c }: Frame, at: 0 | 1): Tensor {
  const shape = a.shape.toSpliced(at, 0, 1);
  return concat(
    [a, b, c].map((axis) => reshape(axis, shape)),
    at,
  );
}

/**
 * Multiplies every leading axis with a matrix [3, 3, n]: Σ_i T[i, …] M[i, p]. Each turn takes the first axis away and
 * puts the new one behind the others, so that after `order` turns all are done and in their old places.
 */
function onEveryAxis(tensor: Tensor, order: number, matrix: () => Tensor): Tensor {
  if (order === 0) return tensor;
  const n = tensor.shape[order];
  const rest = Array.from({ length: order - 1 }, () => 3);
  const aligned = reshape(matrix(), [3, ...rest.map(() => 1), 3, n]);
  let result = tensor;
  for (let turn = 0; turn < order; turn++) result = sum(mul(reshape(result, [3, ...rest, 1, n]), aligned), [0]);
  return result;
}

function requireOrder(op: string, { shape }: Tensor, order: number): void {
  if (!Number.isInteger(order) || order < 0)
    throw new RangeError(`${op}: order ${order} is not a whole number of at least 0`);
  if (shape.length !== order + 1 || shape.slice(0, order).some((size) => size !== 3)) {
    const expected = [...Array.from({ length: order }, () => 3), 'n'];
    throw new ShapeError(
      `${op}: a tensor of order ${order} has shape ${formatShape(expected)}, not ${formatShape(shape)}`,
    );
  }
}
