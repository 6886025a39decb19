import { describe, expect, it } from 'vitest';
import { allSettings, settingOf, shortNames, valueText, withSetting } from '../../src/training/settings.js';

const config = { model: { layers: 4, fields: ['gravity'] }, training: { optimizer: { clipNorm: undefined, beta: 1 } } };

describe('a setting', () => {
  it('is found by its key', () => {
    expect(settingOf(config, 'model.layers')).toBe(4);
    expect(settingOf(config, 'training.optimizer')).toEqual({ clipNorm: undefined, beta: 1 });
    for (const key of ['model.width', 'model.layers.deep', 'nothing.at.all'])
      expect(settingOf(config, key)).toBeUndefined();
  });

  it('is set in a copy, sections made where there are none', () => {
    expect(withSetting(config, 'model.layers', 8)).toEqual({ ...config, model: { ...config.model, layers: 8 } });
    expect(withSetting({}, 'training.schedule.kind', 'cosine')).toEqual({ training: { schedule: { kind: 'cosine' } } });
    expect(config.model.layers).toBe(4);
  });

  it('is listed if it is set', () => {
    const all = new Map(
      Object.entries({ 'model.layers': 4, 'model.fields': ['gravity'], 'training.optimizer.beta': 1 }),
    );
    expect(allSettings(config)).toEqual(all);
    // What a run has found in its data is none.
    expect(allSettings({ ...config, found: { species: ['H'] } })).toEqual(all);
  });

  it('has a short name, unless another ends alike', () => {
    expect(shortNames(['model.layers', 'training.rate'])).toEqual(['layers', 'rate']);
    expect(shortNames(['data.name', 'model.name', 'training.rate'])).toEqual(['data.name', 'model.name', 'rate']);
  });

  it('is shown as people write it', () => {
    expect(['clof', 4, true, [1, 2], undefined].map(valueText)).toEqual(['clof', '4', 'true', '[1,2]', '']);
  });
});
