import { expect, test } from 'vitest';
import { dropout, dropoutMasks, Embedding, GaussianFourier, ParameterScope } from '../../src/nn/index.js';
import { Rng } from '../../src/random/generator.js';
import { compile, input } from '../../src/tensor/index.js';
import { expectClose, runTensors } from '../support/numeric.js';

test('an embedding looks rows up', async () => {
  const scope = new ParameterScope();
  const rows = new Embedding(scope.child('kinds'), 3, 2).rows(input('kind', ['n'], 'int32'));
  expect(rows.shape).toEqual(['n', 2]);
  const data = { 'kinds.weight': [0, 1, 10, 11, 20, 21], kind: [2, 0, 2] };
  expect((await runTensors({ rows }, data, { n: 3 })).rows).toEqual([20, 21, 0, 1, 20, 21]);
});

test('Fourier features are [sin 2πtW, cos 2πtW]', async () => {
  const scope = new ParameterScope();
  const rows = new GaussianFourier(scope, 2).rows(input('t', ['n', 1]));
  const [w, t] = [
    [0.5, -1.3],
    [0, 0.25, 3],
  ];
  const result = await runTensors({ rows }, { W: w, t }, { n: 3 });
  const phases = t.map((x) => w.map((frequency) => 2 * Math.PI * x * frequency));
  expectClose(
    result.rows,
    phases.flatMap((row) => [...row.map(Math.sin), ...row.map(Math.cos)]),
    1e-5,
  );
  expect(scope.parameters.map(({ trainable }) => trainable)).toEqual([false]);
});

test('dropout multiplies by masks that keep the mean', async () => {
  const y = dropout(input('x', ['n', 50]), 'here');
  const program = compile({ y });
  const n = 100;
  const masks = dropoutMasks(program, { n }, 0.2, Rng.fromSeed(1));
  const mask = masks['dropout.here'];
  expect(Object.keys(masks)).toEqual(['dropout.here']);
  expect(new Set(mask)).toEqual(new Set([0, 1.25]));
  expect(mask.reduce((a, b) => a + b) / mask.length).toBeCloseTo(1, 1);
  const x = Array.from({ length: 50 * n }, (_, k) => k);
  const result = await runTensors({ y }, { x, 'dropout.here': [...mask] }, { n });
  expect(result.y).toEqual(x.map((value, k) => Math.fround(value * mask[k])));
});

test('a rate of dropout that is none is refused', () => {
  for (const rate of [-0.1, 1, Number.NaN]) {
    expect(() => dropoutMasks(compile({ y: input('x', [1]) }), {}, rate, Rng.fromSeed(1))).toThrow('dropout rate');
  }
});
