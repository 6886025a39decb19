import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/common/config.js';
import { newtonConfigSchema } from '../../../src/newton/training/config.js';
import { recipeConfig, recipeNames } from '../../../src/newton/training/recipes.js';
import { newtonTask } from '../../../src/newton/training/task.js';

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
    expect(recipeConfig('es20', { training: { epochs: 40 } }).training.schedule).toMatchObject({ every: 5 });
    expect(recipeConfig('es5', { training: { epochs: 3 } }).training.schedule).toMatchObject({ every: 1 });
  });
});

describe('a recipe of the propagator', () => {
  const own = recipeNames.filter((name) => recipeConfig(name).model.model === 'propagator');

  it.each(own)('%s has a network that can be made, and the published snapshots to predict', (name) => {
    const config = recipeConfig(name);
    expect(() => newtonTask.build(config)).not.toThrow();
    expect(config.data).toMatchObject({ train: 3000, input: 30, target: 40, mirror: false });
  });

  it('learns from the published pairs, or from all snapshots', () => {
    expect(own).toEqual(['pairs5', 'pairs20', 'all5', 'all20']);
    expect(recipeConfig('pairs5').data).toMatchObject({ windows: 1, reverse: true });
    expect(recipeConfig('all20').data).toMatchObject({ windows: 'all', span: 3, reverse: false });
  });

  it('keeps what it is not told to change', () => {
    const changed = recipeConfig('pairs20', {
      model: { fields: ['gravity'] },
      training: { seed: 7, epochs: undefined },
    });
    expect(changed.model).toMatchObject({ model: 'propagator', innerSteps: 10, fields: ['gravity'] });
    expect(changed.training).toEqual({ ...recipeConfig('pairs20').training, seed: 7 });
    const averaged = recipeConfig('all5', { training: { optimizer: { averageDecay: 0.99 } } });
    expect(averaged.training.optimizer).toEqual({
      ...recipeConfig('all5').training.optimizer,
      averageDecay: 0.99,
    });
    expect(averaged.training.optimizer.clipNorm).toBe(0.1);
  });

  it('keeps the parameters of a schedule of the same kind, and none of another', () => {
    const scheduled = (schedule: object) =>
      recipeConfig('all5', { training: { schedule: schedule as { kind: 'cosine' } } }).training.schedule;
    expect(scheduled({ kind: 'cosine', by: 'epoch' })).toEqual({ kind: 'cosine', floor: 0.01, by: 'epoch' });
    expect(scheduled({ kind: 'constant' })).toEqual({ kind: 'constant' });
  });
});
