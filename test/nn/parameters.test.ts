import { expect, test } from 'vitest';
import { countParameters, filled, initialize, ParameterScope, requireWeights, trainable } from '../../src/nn/index.js';
import { Rng } from '../../src/random/generator.js';
import { gradient, mul, sum } from '../../src/tensor/index.js';
import { evaluate } from '../support/reference.js';

const scope = new ParameterScope();
const moving = scope.parameter('moving', [2], filled(3));
const kept = scope.child('part').fixed('kept', [2], filled(4));
const { parameters } = scope;

test('fixed parameters are stored and drawn like others, and training leaves them alone', () => {
  expect(parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
    ['moving', true],
    ['part.kept', false],
  ]);
  expect(initialize(parameters, Rng.fromSeed(1)).get('part.kept')).toEqual(Float32Array.of(4, 4));
  expect(trainable(parameters).map(({ name }) => name)).toEqual(['moving']);
  expect(countParameters(parameters)).toBe(2);
});

test('the gradient of fixed parameters is 0', () => {
  const slopes = gradient(
    sum(mul(moving, kept)),
    parameters.map(({ tensor }) => tensor),
  );
  const values = evaluate(slopes, { moving: [1, 2], 'part.kept': [5, 6] });
  expect(values.map(({ data }) => data)).toEqual([
    [5, 6],
    [0, 0],
  ]);
});

test('two parameters of one name are refused', () => {
  expect(() => scope.fixed('moving', [1], filled(0))).toThrow('two parameters are named moving');
});

test('weights must be those of the network', () => {
  const weights = initialize(parameters, Rng.fromSeed(1));
  const changed = (name: string, values: Float32Array) => new Map(weights).set(name, values);
  expect(() => requireWeights(parameters, weights)).not.toThrow();
  expect(() => requireWeights(parameters, new Map())).toThrow('moving is missing');
  expect(() => requireWeights(parameters, changed('part.kept', new Float32Array(3)))).toThrow(
    'part.kept has 3 values, not [2]',
  );
  expect(() => requireWeights(parameters, changed('other', new Float32Array(1)))).toThrow('this one has no other');
});
