import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { parseJsonc } from '../../src/common/jsonc.js';

describe('parseJsonc', () => {
  it('reads comments, trailing commas and a byte order mark, and knows the places', () => {
    const text = '\uFEFF{\n  // the run\n  "epochs": 4, /* few */\n  "layers": [{ "width": 8 },],\n}\n';
    const document = parseJsonc(text, 'run.jsonc');
    expect(document.value).toEqual({ epochs: 4, layers: [{ width: 8 }] });
    expect(document.where(['epochs'])).toEqual({ file: 'run.jsonc', line: 3, column: 13 });
    expect(document.where(['layers', 0, 'width'])).toEqual({ file: 'run.jsonc', line: 4, column: 25 });
    expect(document.whereKey(['layers', 0, 'width'])).toEqual({ file: 'run.jsonc', line: 4, column: 16 });
    expect(document.where(['layers', 0, 'depth'])).toEqual({ file: 'run.jsonc', line: 4, column: 14 });
    expect(document.where([])).toEqual({ file: 'run.jsonc', line: 1, column: 1 });
  });

  it.each([
    ['{\n  "a": }', 'x.json:2:8: expected a value'],
    ['{ "a": 1 "b": 2 }', 'x.json:1:10: expected a comma before this'],
    ['{ "a": 1', 'x.json:1:9: expected a closing }'],
    ['{ a: 1 }', 'x.json:1:3: expected a value: text in double quotes'],
    ['{} x', 'x.json:1:4'],
    ['', 'x.json'],
    ['{ "a": 1,\n "a": 2 }', 'x.json:2:2: duplicate key "a"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseJsonc(text, 'x.json')).toThrow(UserError);
    expect(() => parseJsonc(text, 'x.json')).toThrow(message);
  });

  it('keeps hostile keys harmless', () => {
    const { value } = parseJsonc('{ "__proto__": { "polluted": true } }', 'x.json');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });
});
