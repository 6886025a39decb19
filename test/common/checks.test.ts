import { expect, it } from 'vitest';
import {
  requireFinite,
  requireInteger,
  requireNonNegativeInteger,
  requireOneOf,
  requirePositive,
  requirePositiveInteger,
} from '../../src/common/checks.js';
import { UserError } from '../../src/common/errors.js';

it('lets right values through', () => {
  expect(requirePositiveInteger(3, 'bodies')).toBe(3);
  expect(requireNonNegativeInteger(0, 'bodies')).toBe(0);
  expect(requireInteger(-2, 'x')).toBe(-2);
  expect(requireFinite(-1.5, 'x')).toBe(-1.5);
  expect(requirePositive(0.1, 'x')).toBe(0.1);
  expect(requireOneOf('cpu', ['cpu', 'webgpu'], 'the device')).toBe('cpu');
});

it('says what is wrong with the others', () => {
  expect(() => requirePositiveInteger(0, 'bodies')).toThrow('bodies must be a whole number of at least 1, not 0');
  expect(() => requirePositiveInteger('3', 'bodies')).toThrow('bodies must be a whole number of at least 1, not "3"');
  expect(() => requireInteger(9, 'x', { min: 1, max: 8 })).toThrow('x must be a whole number from 1 to 8, not 9');
  expect(() => requireInteger(9, 'x', { max: 8 })).toThrow('x must be a whole number of at most 8, not 9');
  expect(() => requireNonNegativeInteger(1.5, 'x')).toThrow(UserError);
  expect(() => requireFinite(Number.NaN, 'x')).toThrow('x must be a finite number, not NaN');
  expect(() => requirePositive(Number.POSITIVE_INFINITY, 'x')).toThrow('x must be a number above 0, not Infinity');
  expect(() => requireOneOf('webgp', ['cpu', 'webgpu'], 'the device')).toThrow(
    'the device must be one of cpu, webgpu, not "webgp" (did you mean "webgpu"?)',
  );
});
