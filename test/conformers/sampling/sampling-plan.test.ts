import { describe, expect, test } from 'vitest';
import { makingSettings } from '../../../src/conformers/making/making-settings.js';
import { callsOf, samplingPlan } from '../../../src/conformers/sampling/sampling-plan.js';

describe('a plan of sampling', () => {
  test('starts from shapes by the flow, unless told otherwise', () => {
    expect(samplingPlan()).toEqual({
      sampler: 'flow',
      start: 'shapes',
      steps: 12,
      sigma: 0.7,
      options: { churn: 1.5 },
      level: 'gfn2',
    });
    expect(samplingPlan({ start: 'noise' })).toMatchObject({
      sampler: 'flow',
      steps: 30,
      sigma: 10,
      options: { churn: 1 },
    });
    expect(samplingPlan({ sampler: 'langevin' })).toMatchObject({ start: 'noise', steps: 50, sigma: 10, options: {} });
    expect(samplingPlan({ churn: 0 }).options).toEqual({ churn: 0 });
    expect(samplingPlan({ sampler: 'predictor-corrector', start: 'shapes' })).toMatchObject({ steps: 20, sigma: 0.7 });
    expect(samplingPlan({ steps: 3, sigma: 1.5, level: 'dft' })).toMatchObject({ steps: 3, sigma: 1.5, level: 'dft' });
  });

  test('knows its network calls', () => {
    expect(callsOf(samplingPlan({ steps: 12 }))).toBe(23);
    expect(callsOf(samplingPlan({ sampler: 'langevin', steps: 4 }))).toBe(401);
    expect(callsOf(samplingPlan({ sampler: 'predictor-corrector', steps: 4 }))).toBe(404);
  });

  test.each([
    [{ sampler: 'flows' }, 'the sampler must be one of flow, langevin, predictor-corrector, not "flows" (did you mean'],
    [{ start: 'shape' }, 'the start must be one of shapes, noise, not "shape" (did you mean "shapes"?)'],
    [{ level: 'hf' }, 'the level of theory must be one of mmff94s, gfn2, dft, unknown, not "hf"'],
    [{ steps: 0 }, 'steps must be a whole number of at least 1, not 0'],
    [{ sigma: Number.NaN }, 'sigma must be a number above 0, not NaN'],
    [{ churn: -1 }, 'churn must be at least 0, not -1'],
    [{ churn: Number.NaN }, 'churn must be a finite number'],
    [{ churn: 0.5, sampler: 'langevin' }, 'churn applies only to the flow sampler, not to langevin; remove churn'],
    [{ sigma: 0.01 }, 'sigma must be above 0.02, the noise level at which sampling ends, not 0.01'],
  ])('refuses %o', (given, message) => {
    expect(() => samplingPlan(given as object)).toThrow(message);
  });
});

describe('settings', () => {
  test('have defaults and are checked', () => {
    expect(makingSettings({})).toMatchObject({ maxAttempts: 8, relax: undefined, oversample: 1, isomers: 'sample' });
    expect(makingSettings({ relax: 'mmff94s' }).oversample).toBe(1);
    expect(makingSettings({ relax: 'mmff94s', oversample: 4 }).oversample).toBe(4);
    expect(makingSettings({ steps: 3, maxAttempts: 1, relax: 'mmff94s', isomers: 'first' })).toMatchObject({
      plan: { steps: 3 },
      maxAttempts: 1,
      relax: 'mmff94s',
      isomers: 'first',
    });
  });

  test.each([
    [{ maxAttempts: 0 }, 'maxAttempts must be a whole number of at least 1, not 0'],
    [{ relax: 'uff' }, 'relax must be one of mmff94s, not "uff"'],
    [{ window: 5 }, 'window needs energies, which only relaxed conformers have; add relax mmff94s'],
    [{ window: 0, relax: 'mmff94s' }, 'window must be a number above 0, not 0'],
    [{ oversample: 2 }, 'oversampling needs relaxed conformers; add relax mmff94s'],
    [{ oversample: 0, relax: 'mmff94s' }, 'oversample must be a whole number of at least 1, not 0'],
    [{ isomers: 'all' }, 'isomers must be one of sample, first, not "all"'],
    [{ steps: 1.5 }, 'steps must be a whole number'],
  ])('%o are refused', (given, message) => {
    expect(() => makingSettings(given as object)).toThrow(message);
  });
});
