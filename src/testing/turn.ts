import { applyRotation, type Matrix3 } from '../geometry/index.js';
import { type Quantity, widthOf } from '../networks/quantities.js';

/** What an orthogonal matrix does: 1 for rotations, −1 for reflections. */
export type Determinant = 1 | -1;

type Kind = Pick<Quantity, 'kind' | 'order' | 'symmetric'>;

/** Where the six numbers xx xy xz yy yz zz of a symmetric tensor stand among nine, and how often each stands there. */
const AMONG_NINE = [0, 1, 2, 4, 5, 8];
const OF_NINE = [0, 1, 2, 1, 3, 4, 2, 4, 5];
const TIMES = [1, 2, 2, 1, 2, 1];

/** Numbers of a quantity after space was turned or mirrored, by what it is. */
export function turned(values: Float32Array, quantity: Kind, matrix: Matrix3, determinant: Determinant): Float32Array {
  const { kind } = quantity;
  if (kind === 'tensor') return turnedTensors(values, quantity, matrix);
  const isVector = kind === 'position' || kind.endsWith('vector');
  const result = isVector ? applyRotation(matrix, values) : values;
  return kind.startsWith('pseudo-') ? result.map((x) => determinant * x) : result;
}

function turnedTensors(values: Float32Array, { order = 2, symmetric = false }: Kind, matrix: Matrix3): Float32Array {
  const width = symmetric ? 6 : 3 ** order;
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width) {
    const own = values.subarray(row, row + width);
    const full = Float64Array.from(symmetric ? OF_NINE.map((k) => own[k]) : own);
    const moved = turnedIndices(full, order, matrix);
    result.set(symmetric ? AMONG_NINE.map((k) => moved[k]) : moved, row);
  }
  return result;
}

/** Σ Q_ia Q_jb … T_ab…, one index after the other. */
function turnedIndices(tensor: Float64Array, order: number, matrix: Matrix3): Float64Array {
  let turnedSoFar = tensor;
  for (let index = 0; index < order; index++) {
    const stride = 3 ** (order - 1 - index);
    turnedSoFar = turnedSoFar.map((_, at, all) => {
      const digit = Math.floor(at / stride) % 3;
      const first = at - digit * stride;
      return [0, 1, 2].reduce((sum, k) => sum + matrix[3 * digit + k] * all[first + k * stride], 0);
    });
  }
  return turnedSoFar;
}

/** Σ T² over all indices of every row of a quantity: off its diagonal, what a symmetric tensor has twice counts twice. */
export function squaredLengths(values: ArrayLike<number>, quantity: Kind): Float64Array {
  const width = widthOf(quantity);
  const times = quantity.kind === 'tensor' && quantity.symmetric ? TIMES : new Array<number>(width).fill(1);
  return Float64Array.from({ length: values.length / width }, (_, row) =>
    times.reduce((sum, weight, k) => sum + weight * values[row * width + k] ** 2, 0),
  );
}
