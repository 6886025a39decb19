import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/common/config.js';
import { newtonConfigSchema } from '../../../src/newton/training/config.js';
import { recipeConfig, recipeNames } from '../../../src/newton/training/recipes.js';

describe('configs/newton.jsonc', () => {
  it('is the published recipe for five bodies', () => {
    const text = readFileSync(new URL('../../../configs/newton.jsonc', import.meta.url), 'utf8');
    expect(parseConfig(newtonConfigSchema, text, 'newton.jsonc')).toEqual(recipeConfig('es5'));
  });
});

describe('a published recipe', () => {
  it.each([
    ['es5', 400, 50],
    ['es20', 600, 75],
    ['g-es20', 200, 25],
    ['l-es20', 600, 75],
  ] as const)('%s', (name, epochs, every) => {
    const { model, data, training } = recipeConfig(name);
    expect(model).toMatchObject({ model: 'clof_vel', hidden: 64, layers: 4, frame: 'published', scalarize: 'once' });
    expect(data).toMatchObject({ train: 3000, input: 30, target: 40 });
    expect(training).toMatchObject({ epochs, batch: 128, rate: 0.01, schedule: { kind: 'step', every, factor: 0.9 } });
    expect(training.optimizer).toMatchObject({ kind: 'adamw', weightDecay: 1e-12, averageDecay: 0 });
    expect(training.optimizer.clipNorm).toBeUndefined();
    expect(training.evaluateEvery).toBe(5);
  });

  it('spreads its drops over a run of another length', () => {
    expect(recipeNames).toHaveLength(4);
    expect(recipeConfig('es20', { training: { epochs: 40 } }).training.schedule).toMatchObject({ every: 5 });
    expect(recipeConfig('es5', { training: { epochs: 3 } }).training.schedule).toMatchObject({ every: 1 });
  });
});
