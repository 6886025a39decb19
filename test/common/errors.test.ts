import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import type { Names, Remedy } from '../../src/common/remedy.js';

/** Somebody's names. */
const buttons: Names = {
  setting: (key, value) => `[${key}${value === undefined ? '' : `: ${value}`}]`,
  command: (name, setting) => `<${name}${setting === undefined ? '' : ` ${setting}`}>`,
};

describe('a UserError', () => {
  it('begins with the line, then what it is about, and ends with the cures', () => {
    const error = new UserError('is 3', {
      file: 'run.jsonc',
      line: 4,
      column: 2,
      about: 'training.batch',
      remedy: [{ setting: 'training.batch', action: 'lower' }, 'wait'],
    });
    expect(error.message).toBe('run.jsonc:4:2: training.batch is 3; lower training.batch, or wait');
    expect(error.describe(buttons)).toBe('run.jsonc:4:2: [training.batch] is 3; lower [training.batch], or wait');
    expect(error.details).toMatchObject({ file: 'run.jsonc', line: 4, column: 2, about: 'training.batch' });
  });

  it('is its problem alone where nothing else is known', () => {
    const error = new UserError('no');
    expect([error.message, error.code, error.remedies]).toEqual(['no', 'input', []]);
    expect(error.cause).toBeUndefined();
  });

  it('leaves out cures that the interface has nothing for', () => {
    const names: Names = { ...buttons, setting: (key) => (key === 'rate' ? '[rate]' : undefined) };
    const remedy: Remedy[] = [
      { setting: 'rate', action: 'lower', purpose: 'a bit' },
      { setting: 'clip', value: 1 },
    ];
    expect(new UserError('is 3', { about: 'clip', remedy }).describe(names)).toBe('clip is 3; lower [rate] a bit');
  });

  it.each<[Remedy, string]>([
    [{ setting: 'data.train', value: 120 }, 'give [data.train: 120]'],
    [{ setting: 'relax', value: 'mmff94s', action: 'add' }, 'add [relax: mmff94s]'],
    [{ setting: 'out', action: 'change' }, 'give another [out]'],
    [{ setting: 'most', action: 'raise' }, 'raise [most]'],
    [{ setting: 'churn', action: 'omit' }, 'remove [churn]'],
    [{ command: 'import', purpose: 'for it' }, 'use <import> for it'],
    [{ command: 'newton train', action: 'give' }, 'give one that <newton train> wrote'],
    [{ command: 'newton train', setting: 'resume' }, 'use <newton train resume>'],
    [{ command: 'prepare', setting: 'valid', action: 'change' }, 'use <prepare> with another valid'],
  ])('says %j', (remedy, cure) => {
    expect(new UserError('no', { remedy }).describe(buttons)).toBe(`no; ${cure}`);
  });
});
