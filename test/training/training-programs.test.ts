import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { add, compile, gradient, input, matmul, mul, silu, slice, sum } from '../../src/tensor/index.js';
import { FlatLayout } from '../../src/training/flat-parameters.js';
import { compileTraining } from '../../src/training/training-programs.js';
import { decode } from '../support/onnx-nodes.js';

/** A layer whose weight is used in two parts, and a parameter that nothing depends on. */
const parameters = [
  { name: 'layer.weight', shape: [3, 4] },
  { name: 'unused', shape: [2, 1] },
  { name: 'layer.bias', shape: [3] },
].map((parameter) => ({ ...parameter, tensor: input(parameter.name, parameter.shape) }));
const [weight, , bias] = parameters.map(({ tensor }) => tensor);
const x = input('x', ['n', 4]);
const hidden = silu(matmul(x, weight, { transposeB: true, bias }));
const loss = add(sum(mul(hidden, hidden)), sum(slice(weight, 1, 1, 3)));

describe('training programs', () => {
  const layout = new FlatLayout(parameters);
  const programs = compileTraining(loss, parameters);
  const rng = Rng.fromSeed(3);
  const weights = rng.fillNormal(new Float32Array(layout.size));
  const feeds = { x: rng.fillNormal(new Float32Array(20)) };

  it('take all parameters as one vector, and give the gradient as one', () => {
    const ports = (list: readonly { name: string; shape: readonly unknown[] }[]) => list.map((p) => [p.name, p.shape]);
    expect(new Map(ports(programs.gradient.inputs) as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        ['weights', [17]],
        ['x', ['n', 4]],
      ]),
    );
    expect(ports(programs.gradient.outputs)).toEqual([
      ['loss', []],
      ['gradient', [17]],
    ]);
    expect(ports(programs.loss.outputs)).toEqual([['loss', []]]);
    expect([programs.loss, programs.gradient].map((program) => decode(program).graph?.name)).toEqual([
      'loss',
      'gradient',
    ]);
  });

  it('compute, to the last bit, what programs with the parameters one by one compute', async () => {
    const slopes = gradient(loss, [weight, parameters[1].tensor, bias]);
    const named = Object.fromEntries(slopes.map((slope, k) => [`grad.${parameters[k].name}`, slope]));
    const runtime = await openRuntime();
    const [one, flat, alone] = [
      await runtime.open(compile({ loss, ...named })),
      await runtime.open(programs.gradient),
      await runtime.open(programs.loss),
    ];
    const expected = await one.run({ ...feeds, ...layout.views(weights) }, { n: 5 });
    const found = await flat.run({ ...feeds, weights }, { n: 5 });
    expect(found.loss).toEqual(expected.loss);
    expect(found.gradient).toEqual(Float32Array.from(parameters.flatMap(({ name }) => [...expected[`grad.${name}`]])));
    expect(found.gradient.some((value) => value !== 0)).toBe(true);
    expect((await alone.run({ ...feeds, weights }, { n: 5 })).loss[0]).toBeCloseTo(expected.loss[0], 4);
    await Promise.all([one, flat, alone].map((program) => program.close()));
  });
});
