import { shorten } from '../../geometry/vector.js';
import {
  add,
  concat,
  cross,
  div,
  dot,
  gather,
  mul,
  neg,
  reshape,
  scatterAdd,
  sqrt,
  sub,
  type Tensor,
  transpose,
} from '../../tensor/index.js';
import type { CentreTensors } from './molecule-tensors.js';

/** What tetrahedral centres say to the atoms that belong to them. */
export interface Chirality {
  /**
   * How right the hand of each atom's centres is, between −1 and 1 a centre, summed: as the atom in the middle, and as
   * one of the four around: [nodes, 2].
   */
  readonly scalars: Tensor;
  /** The way in which each atom moves to make its centres' hands more right, [nodes, 3]. */
  readonly vectors: Tensor;
}

/** Keeps quotients finite where atoms lie on each other. */
const TINY = 1e-6;

/**
 * Chirality as invariants and vectors. The signed volume of the atoms around a centre, V = e₁ · (e₂ × e₃) with
 * e_k = x_k − x₄, changes its sign in a mirror, and so does the wanted hand's sign s when the molecule is exchanged for
 * its mirror image: s·V is a number that no rotation changes and that tells right from wrong, and s·∂V/∂x_k is a
 * proper vector.
 * @param x positions [nodes, 3]
 */
export function chirality(x: Tensor, { atom, around, hand }: CentreTensors): Chirality {
  const [x1, x2, x3, x4] = around.map((corner) => transpose(gather(x, corner))); // [3, centres]
  const [e1, e2, e3] = [x1, x2, x3].map((end) => sub(end, x4));
  const [g1, g2, g3] = [cross(e2, e3), cross(e3, e1), cross(e1, e2)];
  const lengths = [e1, e2, e3].map((e) => dot(e, e)).reduce((a, b) => mul(a, b)); // [1, centres]
  const rightness = mul(hand, div(dot(e1, g1), sqrt(add(lengths, TINY)))); // [1, centres]
  const g4 = neg(add(add(g1, g2), g3));
  const ways = [g1, g2, g3, g4].map((g) => transpose(mul(hand, shorten(g)))); // [centres, 3]
  const column = reshape(rightness, ['centres', 1]);
  const atAround = (values: readonly Tensor[]): Tensor =>
    values.map((value, k) => scatterAdd(value, around[k], 'nodes')).reduce((a, b) => add(a, b));
  return {
    scalars: concat([scatterAdd(column, atom, 'nodes'), atAround([column, column, column, column])], 1),
    vectors: atAround(ways),
  };
}
