import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../../src/newton/networks/index.js';
import { expectClose } from '../../support/close.js';
import { type Evaluation, openModel } from '../../support/dynamics.js';
import { newtonFixtureFiles, readNewtonFixture } from '../../support/newton-models.js';

/** Gradients below this size are the rounding errors of float32. */
const NOISE = 1e-9;

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The largest error, relative to the largest entry. A gradient that PyTorch did not store must be zero everywhere. */
function relativeError(found: Float32Array, expected?: Float32Array): number {
  if (!expected) return largest(found) === 0 ? 0 : Infinity;
  if (found.length !== expected.length) return Infinity;
  return largest(found.map((value, k) => value - expected[k])) / Math.max(NOISE, largest(expected));
}

/** The numbers come from the published PyTorch code, run in float32. */
describe.each(newtonFixtureFiles())('%s', (file) => {
  const fixture = readNewtonFixture(file);
  const model = createModel(fixture.config);
  let found: Evaluation;
  beforeAll(async () => {
    const weights = new Map([...fixture.parameters].map(([name, { data }]) => [name, data]));
    found = await (await openModel(model))(weights, fixture.problem);
  });

  it('has the published parameters, by name and shape', () => {
    const shapes = (list: Iterable<readonly [string, readonly number[]]>): object => Object.fromEntries(list);
    const published = [...fixture.parameters].map(([name, { shape }]) => [name, shape] as const);
    expect(shapes(model.parameters.map(({ name, shape }) => [name, shape]))).toEqual(shapes(published));
  });

  it('makes the same edges of charges', () => {
    const { graph, systems } = fixture.problem;
    const products = Float32Array.from(
      graph.senders,
      (j, e) => systems.charges[j] * systems.charges[graph.receivers[e]],
    );
    expect(products).toEqual(fixture.chargeProducts);
  });

  it('predicts the same positions with the same loss', () => {
    expectClose(found.pred, fixture.pred, 1e-5);
    expect(Math.abs(found.loss - fixture.loss)).toBeLessThanOrEqual(1e-5);
  });

  it('has the same gradient of every parameter', () => {
    const errors = model.parameters.map(({ name }) => {
      const expected = fixture.gradients.get(name);
      return [name, relativeError(found.gradients.get(name) ?? new Float32Array(), expected)] as const;
    });
    expect(errors.filter(([, error]) => !(error <= 1e-4))).toEqual([]);
  });
});
