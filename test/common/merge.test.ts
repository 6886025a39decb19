import { describe, expect, it } from 'vitest';
import { merged } from '../../src/common/merge.js';

const base = { a: 1, list: [1, 2], inner: { b: 2, deep: { c: 3 } }, schedule: { kind: 'cosine', floor: 0.1 } };

describe('settings that are changed', () => {
  it('keep what is not changed, at every depth', () => {
    expect(merged(base, { inner: { deep: { d: 4 } } })).toEqual({ ...base, inner: { b: 2, deep: { c: 3, d: 4 } } });
    expect(merged(base, { schedule: { kind: 'cosine', by: 'step' } })).toMatchObject({
      schedule: { kind: 'cosine', floor: 0.1, by: 'step' },
    });
  });

  it('have lists and other kinds replaced as a whole, and what is undefined changes nothing', () => {
    expect(merged(base, { list: [3], schedule: { kind: 'constant' }, a: undefined, inner: null })).toEqual({
      a: 1,
      list: [3],
      schedule: { kind: 'constant' },
      inner: null,
    });
    expect(base.list).toEqual([1, 2]);
  });
});
