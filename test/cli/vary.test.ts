import { describe, expect, it } from 'vitest';
import { parseSeeds, parseSetting, parseVaried } from '../../src/cli/vary.js';

describe('--vary', () => {
  it.each<[string, string, unknown[]]>([
    ['model.layers=4,8', 'model.layers', [4, 8]],
    ['training.rate=1e-2, 0.003', 'training.rate', [0.01, 0.003]],
    ['model.model=clof_vel, egnn_vel', 'model.model', ['clof_vel', 'egnn_vel']],
    ['model.charges=true,false', 'model.charges', [true, false]],
    ['model.fields=[],["gravity","magnetic"]', 'model.fields', [[], ['gravity', 'magnetic']]],
    [
      'training.schedule={"kind":"cosine"},{"kind":"step","every":5,"factor":0.5}',
      'training.schedule',
      [{ kind: 'cosine' }, { kind: 'step', every: 5, factor: 0.5 }],
    ],
    ['data.name="4",a=b', 'data.name', ['4', 'a=b']],
    ['a.b=4', 'a.b', [4]],
  ])('takes %s', (text, key, values) => {
    expect(parseVaried(text)).toEqual({ key, values });
  });

  it.each(['model.layers', 'model.layers=', '=4', 'newton'])('refuses %s', (text) => {
    expect(() => parseVaried(text)).toThrow(`--vary takes a key and its values, as in model.layers=4,8, not '${text}'`);
  });
});

describe('--set', () => {
  it('takes one value, commas and all', () => {
    expect(parseSetting('model.fields=["gravity","magnetic"]')).toEqual({
      key: 'model.fields',
      value: ['gravity', 'magnetic'],
    });
    expect(parseSetting('data.name=a,b')).toEqual({ key: 'data.name', value: 'a,b' });
    expect(() => parseSetting('model.layers')).toThrow('--set takes a key and its value');
  });
});

describe('--seeds', () => {
  it('are a list, ranges, or both', () => {
    expect(parseSeeds('1,2,3')).toEqual([1, 2, 3]);
    expect(parseSeeds('1-3, 7')).toEqual([1, 2, 3, 7]);
    expect(parseSeeds('0')).toEqual([0]);
  });

  it.each(['', '1,', 'x', '3-1', '1.5', '-1', '4294967296', '1-99999'])("refuse '%s'", (text) => {
    expect(() => parseSeeds(text)).toThrow(`--seeds takes whole numbers, as in 1,2,3 or 1-3, not '${text}'`);
  });

  it('are each given once', () => {
    expect(() => parseSeeds('1-3,2')).toThrow('--seeds: 2 is given twice');
  });
});
