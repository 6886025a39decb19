import { expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { errorOf, failureOf } from '../../src/common/failure.js';

it('a mistake of the user arrives as one, with its data and without its stack', () => {
  const error = new UserError('must be above 0, not -1', {
    about: 'rate',
    code: 'config',
    remedy: [{ setting: 'rate', value: 1 }, 'ask somebody'],
    cause: new Error('stays behind'),
  });
  const sent = structuredClone(failureOf(error));
  expect(sent).toEqual({ error: error.problem, mistake: error.details });
  const received = errorOf(sent);
  expect(received).toEqual(new UserError(error.problem, error.details));
  expect(received).toMatchObject({ message: error.message, code: 'config', remedies: error.remedies });
});

it('any other error keeps the place it comes from', () => {
  const { error, mistake } = failureOf(new RangeError('too long'));
  expect(mistake).toBeUndefined();
  expect(error).toContain('RangeError: too long');
  expect(error).toContain('failure.test');
  expect(errorOf(failureOf('gone'))).toEqual(new Error('gone'));
});
