import { expect, test } from 'vitest';
import { graphMean } from '../../src/graphs/index.js';
import { type MovedSystem, type SystemTensors, systemFunction } from '../../src/newton/networks/index.js';
import { Linear, ParameterScope } from '../../src/nn/index.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import {
  add,
  concat,
  constant,
  mul,
  safeSqrt,
  sqrt,
  stopGradient,
  sub,
  sum,
  type Tensor,
} from '../../src/tensor/index.js';
import { equivarianceContract } from '../../src/testing/index.js';

/** The checks that a network fails, x_i + v_i + a pull along x_i − mean being the network that fails none. */
async function failures(
  change: (x: Tensor, given: SystemTensors, pull: (v: Tensor) => Tensor) => Tensor,
  velocitiesOf?: (given: SystemTensors, pull: (v: Tensor) => Tensor) => Tensor,
) {
  const scope = new ParameterScope();
  const strength = new Linear(scope.child('strength'), 3, 1);
  const model = {
    parameters: scope.parameters,
    predict(given: SystemTensors): MovedSystem {
      const { positions, velocities, charges, graph } = given;
      const from = sub(positions, graphMean(positions, graph));
      const square = (v: Tensor): Tensor => sum(mul(v, v), [1], { keepDims: true });
      const seen = concat([safeSqrt(square(from)), square(velocities), charges], 1);
      const pull = (v: Tensor): Tensor => mul(v, strength.rows(seen));
      return {
        positions: change(add(positions, add(velocities, pull(from))), given, pull),
        ...(velocitiesOf && { velocities: velocitiesOf(given, pull) }),
      };
    },
  };
  const failed: string[] = [];
  for (const { name, check } of equivarianceContract(systemFunction({ name: 'toy', model }), openRuntime)) {
    await check().catch((error: Error) => failed.push(`${name}: ${error.message}`));
  }
  return failed;
}

test('a network that keeps the contract fails no check', async () => {
  expect(await failures((x) => x)).toEqual([]);
});

test.each<[string, Parameters<typeof failures>[0], RegExp[]]>([
  [
    'pushes along x',
    (x) => add(x, constant([1, 0, 0], [1, 3])),
    [/^follows rotation: misses/, /^follows reflection/, /^follows the same motions on degenerate input/],
  ],
  [
    'pulls to the origin',
    (x, { positions }, pull) => add(x, pull(positions)),
    [/^follows translation: misses/, /^follows the same motions on degenerate input/],
  ],
  [
    'sums over all systems',
    (x, { velocities }) => add(x, sum(velocities, [0], { keepDims: true })),
    [/^gives every graph of a batch what it gives it alone: graph 0 alone/],
  ],
  [
    'takes the root of zero',
    (x, { velocities }) => add(x, mul(velocities, sqrt(sum(mul(velocities, velocities), [1], { keepDims: true })))),
    [/^gives finite values and slopes.*at rest: the slope of velocities is not finite/],
  ],
  [
    'keeps its gradient back',
    (x, { positions }) => add(x, sub(stopGradient(positions), positions)),
    [/^has the gradients of finite differences: the gradient of positions/],
  ],
])('one that %s fails just the checks that say so', async (_, change, messages) => {
  const failed = await failures(change);
  expect(failed).toHaveLength(messages.length);
  for (const [k, message] of messages.entries()) expect(failed[k]).toMatch(message);
});

test.each<[string, NonNullable<Parameters<typeof failures>[1]>, RegExp[]]>([
  ['turn with the system', ({ velocities }, pull) => add(velocities, pull(velocities)), []],
  [
    'shift with it',
    ({ positions, velocities }) => add(positions, velocities),
    [/^follows translation: misses/, /^follows the same motions on degenerate input/],
  ],
  [
    'point along x',
    ({ velocities }) => add(velocities, constant([1, 0, 0], [1, 3])),
    [/^follows rotation: misses/, /^follows reflection/, /^follows the same motions on degenerate input/],
  ],
  [
    'are those of all systems',
    ({ velocities }) => add(velocities, sum(velocities, [0], { keepDims: true })),
    [/^gives every graph .* alone: graph 0 alone: predicted_velocities off by/],
  ],
  [
    'keep their gradient back',
    ({ velocities }) => add(velocities, sub(stopGradient(velocities), velocities)),
    [/^has the gradients of finite differences: the gradient of velocities/],
  ],
])('velocities that %s are judged like positions', async (_, velocities, messages) => {
  const failed = await failures((x) => x, velocities);
  expect(failed).toHaveLength(messages.length);
  for (const [k, message] of messages.entries()) expect(failed[k]).toMatch(message);
});
