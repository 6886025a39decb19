import { expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { errorOf, failureOf } from '../../src/common/failure.js';

it('a mistake of the user arrives as one, without its stack', () => {
  const sent = structuredClone(failureOf(new UserError('no such file: a.sdf')));
  expect(sent).toEqual({ error: 'no such file: a.sdf', isUserError: true });
  expect(errorOf(sent)).toEqual(new UserError('no such file: a.sdf'));
});

it('any other error keeps the place it comes from', () => {
  const { error, isUserError } = failureOf(new RangeError('too long'));
  expect(isUserError).toBe(false);
  expect(error).toContain('RangeError: too long');
  expect(error).toContain('failure.test');
  expect(errorOf(failureOf('gone'))).toEqual(new Error('gone'));
});
