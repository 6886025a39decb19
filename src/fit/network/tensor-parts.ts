import { constant, matmul, mul, reshape, sum, type Tensor } from '../../tensor/index.js';
import { type TargetKind, widthInMemory } from '../quantity.js';

/*
 * Tensors of any order as numbers in rows: [nodes, 3^order], the last index running fastest; and the six numbers
 * xx xy xz yy yz zz of symmetric ones.
 */

type Kind = Pick<TargetKind, 'order' | 'symmetry'>;

const HALF: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
];

const delta = (a: number, b: number): number => (a === b ? 1 : 0);

/** What takes the 9 numbers of a matrix to the 6 of its symmetric part, without its trace where there is none: [9, 6]. */
function symmetricPart(isTraceless: boolean): Tensor {
  const values = Array.from({ length: 9 }, (_, from) => {
    const [i, j] = [Math.floor(from / 3), from % 3];
    return HALF.map(([a, b]) => {
      const symmetric = (delta(i, a) * delta(j, b) + delta(i, b) * delta(j, a)) / 2;
      return symmetric - (isTraceless ? (delta(a, b) * delta(i, j)) / 3 : 0);
    });
  });
  return constant(values.flat(), [9, 6]);
}

/** A tensor as its target has it in memory. @param full [n, 3^order] */
export const inMemory = (full: Tensor, kind: Kind): Tensor =>
  widthInMemory(kind) === Number(full.shape[1]) ? full : matmul(full, symmetricPart(kind.symmetry === 'traceless'));

/**
 * Σ over channels of the outer product of one vector of each factor: [n, 3^factors].
 * @param factors [n, 3, channels] each
 */
export function outerProducts(factors: readonly Tensor[]): Tensor {
  const [first, ...others] = factors;
  const [rows, , channels] = first.shape;
  const product = others.reduce((left, right, k) => {
    const size = 3 ** (k + 1);
    const all = mul(reshape(left, [rows, size, 1, channels]), reshape(right, [rows, 1, 3, channels]));
    return reshape(all, [rows, 3 * size, channels]);
  }, first);
  return sum(product, [2]);
}

/** The pairs of indices of a tensor of some order. */
export const indexPairs = (order: number): [number, number][] =>
  Array.from({ length: order }, (_, b) => Array.from({ length: b }, (_, a): [number, number] => [a, b])).flat();

/**
 * A tensor of an order lower by two with δ at a pair of indices: [n, 3^(order − 2)] → [n, 3^order].
 * @param pair the two indices, ascending
 */
export function withDelta(lower: Tensor, order: number, [first, second]: readonly [number, number]): Tensor {
  const rows = 3 ** (order - 2);
  const values = new Array<number>(rows * 3 ** order).fill(0);
  for (let to = 0; to < 3 ** order; to++) {
    const index = to.toString(3).padStart(order, '0').split('').map(Number);
    if (index[first] !== index[second]) continue;
    const rest = index.filter((_, k) => k !== first && k !== second);
    values[rest.reduce((at, digit) => 3 * at + digit, 0) * 3 ** order + to] = 1;
  }
  return matmul(lower, constant(values, [rows, 3 ** order]));
}

/** a ⊗ b of rows of vectors, [n, 3] each: [n, 9]. */
export const outer = (a: Tensor, b: Tensor): Tensor =>
  outerProducts([reshape(a, [a.shape[0], 3, 1]), reshape(b, [b.shape[0], 3, 1])]);
