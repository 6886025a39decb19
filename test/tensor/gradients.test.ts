import { describe, expect, test } from 'vitest';
import { add, gradient, type Input, mul, sum, type Tensor } from '../../src/tensor/index.js';
import { expectClose, expectProgramMatches, numericalGradient } from '../support/numeric.js';
import { describeCase, type OpCase, randomWeights, sampleData } from '../support/op-case.js';
import { differentiableCases, opCases } from '../support/op-cases.js';
import { type Data, evaluate, type Sizes } from '../support/reference.js';

/** A random weighted sum of the case's result, and every input that it can be differentiated by. */
function weightedSum({ output, feeds, sizes }: OpCase): { loss: Tensor; inputs: Input[]; data: Data } {
  const { weights, data } = randomWeights(output, sizes);
  const inputs = [...feeds.map(({ tensor }) => tensor), weights].filter(({ dtype }) => dtype === 'float32');
  return { loss: sum(mul(output, weights)), inputs, data: { ...sampleData(feeds, sizes), ...data } };
}

/** The gradient against central differences in float64, and its compiled form in float32 against both. */
async function checkGradient(loss: Tensor, inputs: readonly Input[], data: Data, sizes: Sizes): Promise<void> {
  const slopes = gradient(loss, inputs);
  for (const [k, { data: values }] of evaluate(slopes, data, sizes).entries()) {
    expect(slopes[k].shape).toEqual(inputs[k].shape);
    expectClose(values, numericalGradient(loss, data, sizes, inputs[k].attributes.name), 1e-7);
  }
  const named = Object.fromEntries(slopes.map((slope, k) => [`slope${k}`, slope]));
  await expectProgramMatches({ loss, ...named }, data, sizes, 2e-5);
}

test('all ops are differentiated but those that have nothing to differentiate', () => {
  const without = Object.keys(opCases).filter((name) => !(name in differentiableCases));
  expect(without.sort()).toEqual(['addInDouble', 'cast', 'constant', 'less', 'stopGradient']);
});

describe.each(Object.entries(differentiableCases))('%s: the gradient equals central differences', (_, cases) => {
  test.each(cases.map((given) => [describeCase(given), given] as const))('%s', async (_, given) => {
    const { loss, inputs, data } = weightedSum(given);
    await checkGradient(loss, inputs, data, given.sizes);
  });
});

/** A random directional derivative: the gradient of a weighted sum, times a random vector. */
function directional(given: OpCase): { loss: Tensor; inputs: Input[]; data: Data } {
  const first = weightedSum(given);
  const terms = gradient(first.loss, first.inputs).map((slope, k) => {
    const { weights, data } = randomWeights(slope, given.sizes, `direction${k}`);
    return { term: sum(mul(slope, weights)), data };
  });
  const loss = terms.map(({ term }) => term).reduce((a, b) => add(a, b));
  return { loss, inputs: first.inputs, data: Object.assign({}, first.data, ...terms.map(({ data }) => data)) };
}

describe.each(Object.entries(differentiableCases))(
  '%s: the second derivative equals central differences',
  (_, cases) => {
    test.each(cases.map((given) => [describeCase(given), given] as const))('%s', async (_, given) => {
      const { loss, inputs, data } = directional(given);
      await checkGradient(loss, inputs, data, given.sizes);
    });
  },
);
