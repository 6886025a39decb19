import { constant } from '../../src/tensor/index.js';
import type { OpName } from '../../src/tensor/table.js';
import { contractionCases } from './cases-contraction.js';
import { elementwiseCases } from './cases-elementwise.js';
import { layoutCases } from './cases-layout.js';
import { feed, nothing, type OpCase, opCase } from './op-case.js';

const leafCases = {
  input: [
    opCase([feed('x', [])], (x) => x),
    opCase([feed('x', [2, 'nodes'])], (x) => x),
    opCase([feed('x', [2, 'nodes'])], (x) => x, nothing),
    opCase([feed('x', [3], (rng) => rng.integer(2), 'bool')], (x) => x),
    opCase([feed('x', [3], (rng) => rng.integer(9), 'int64')], (x) => x),
  ],
  constant: [
    opCase([], () => constant(1.5)),
    opCase([], () => constant([1, -2, 3])),
    opCase([], () => constant([1, 2, 3, 4, 5, 6], [2, 3])),
    opCase([], () => constant([], [0, 3])),
    opCase([], () => constant([1, -2], [2, 1], 'int32')),
    opCase([], () => constant([1, -2], [2], 'int64')),
    opCase([], () => constant([1, 0], [2], 'bool')),
  ],
};

/** Every op of the table with the inputs that it is tested on. */
export const opCases: Readonly<Record<OpName, readonly OpCase[]>> = {
  ...leafCases,
  ...elementwiseCases,
  ...layoutCases,
  ...contractionCases,
};

const hasFloat = (feeds: OpCase['feeds']): boolean => feeds.some(({ tensor }) => tensor.dtype === 'float32');

/** Cases whose result a weighted sum can be taken of. `stopGradient` has none by design. */
export const differentiableCases: Readonly<Partial<Record<OpName, readonly OpCase[]>>> = Object.fromEntries(
  Object.entries(opCases).flatMap(([name, cases]) => {
    const smooth = cases.filter(({ output, feeds }) => output.dtype === 'float32' && hasFloat(feeds));
    return name === 'stopGradient' || smooth.length === 0 ? [] : [[name, smooth]];
  }),
);
