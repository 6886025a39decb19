import { describe, expect, it } from 'vitest';
import { createModel } from '../../../src/newton/networks/index.js';
import { countParameters, initialize, type Parameter } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';

/** The interval that the first values of a parameter come from, by the rules of PyTorch and of the published code. */
function expectedRange({ name, shape }: Parameter, parameters: readonly Parameter[]): [number, number] {
  if (/layer_norm\.weight|gbf\.mul/.test(name)) return [1, 1];
  if (/layer_norm\.bias|gbf\.bias/.test(name)) return [0, 0];
  if (/gbf\.(means|stds)/.test(name)) return [0, 3];
  const weight = parameters.find((other) => other.name === name.replace(/bias$/, 'weight'));
  const inputs = weight?.shape[1] ?? Number.NaN;
  const isShy = /(coord_mlp|phi)\.2\.weight$/.test(name);
  const bound = isShy ? 0.001 * Math.sqrt(6 / (shape[0] + shape[1])) : 1 / Math.sqrt(inputs);
  return [-bound, bound];
}

/** The networks of the published code. */
const published = ['gnn', 'rf_vel', 'egnn', 'egnn_vel', 'clof', 'clof_vel', 'clof_vel_gbf'] as const;

describe.each(published)('the first weights of %s', (name) => {
  const { parameters } = createModel({ model: name });
  const weights = initialize(parameters, Rng.fromSeed(7));

  it('depend on the seed and on nothing else', () => {
    const again = createModel({ model: name }).parameters;
    expect(initialize(again, Rng.fromSeed(7))).toEqual(weights);
    expect(initialize(again, Rng.fromSeed(8))).not.toEqual(weights);
  });

  it('fill the intervals of the published initialization', () => {
    for (const parameter of parameters) {
      const [low, high] = expectedRange(parameter, parameters);
      const values = weights.get(parameter.name) ?? new Float32Array();
      const [smallest, greatest] = [Math.min(...values), Math.max(...values)];
      expect(smallest, parameter.name).toBeGreaterThanOrEqual(Math.fround(low));
      expect(greatest, parameter.name).toBeLessThanOrEqual(Math.fround(high));
      if (values.length >= 64) expect(greatest - smallest, parameter.name).toBeGreaterThanOrEqual(0.8 * (high - low));
    }
  });
});

it('ClofNet with velocities has 160,964 parameters at its published size', () => {
  expect(countParameters(createModel({ model: 'clof_vel' }).parameters)).toBe(160_964);
});
