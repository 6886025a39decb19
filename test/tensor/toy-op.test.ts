import { expect, test } from 'vitest';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { compile, gradient, input, mul, sum, type Tensor } from '../../src/tensor/index.js';
import { apply, type Op } from '../../src/tensor/tensor.js';

/** x³: one row says its shape, its ONNX form and its gradient, and nothing else has to know of it. */
const cubeOp: Op<Record<never, never>> = {
  name: 'cube',
  signature: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  onnx: (emitter, _, [x]) => emitter.node('Mul', [x, emitter.node('Mul', [x, x])]),
  gradient: (dy, { inputs: [x] }) => [mul(dy, mul(3, mul(x, x)))],
};
const cube = (x: Tensor): Tensor => apply(cubeOp, [x], {});

test('an op is its row: it compiles, runs, is shared, and is differentiated, twice', async () => {
  const x = input('x', ['nodes', 2]);
  const y = cube(x);
  const [slope] = gradient(sum(y), [x]);
  const [curvature] = gradient(sum(slope), [x]);
  const executable = await (await openRuntime()).open(compile({ y, again: cube(x), slope, curvature }));
  const values = Float32Array.of(-2, -1, 0, 0.5, 1, 3);
  const result = await executable.run({ x: values }, { nodes: 3 });
  expect(result).toEqual({
    y: values.map((v) => v ** 3),
    again: values.map((v) => v ** 3),
    slope: values.map((v) => 3 * v ** 2),
    curvature: values.map((v) => 6 * v),
  });
  await executable.close();
});
