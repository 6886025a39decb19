import { expect, it } from 'vitest';
import { splitOfFile } from '../../src/files/split-of-file.js';

it.each([
  ['train.xyz', 'train'],
  ['a/valid-2.extxyz.gz', 'valid'],
  ['C:\\sets\\VAL.npz', 'valid'],
  ['test/test_1.xyz', 'test'],
  ['test/a.xyz', undefined],
  ['training.xyz', undefined],
  ['a-test.xyz', undefined],
])('%s is of the split %s', (path, split) => {
  expect(splitOfFile(path)).toBe(split);
});
