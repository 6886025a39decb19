import { UserError } from './errors.js';
import { didYouMean } from './nearest.js';

/** `value` as it is, if it is a whole number between the bounds (inclusive); otherwise a UserError about `what`. */
export function requireInteger(
  value: unknown,
  what: string,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new UserError(`must be a whole number${range(min, max)}, not ${show(value)}`, { about: what });
}

/** A whole number of 1 or more. */
export function requirePositiveInteger(value: unknown, what: string): number {
  return requireInteger(value, what, { min: 1 });
}

/** A whole number of 0 or more. */
export function requireNonNegativeInteger(value: unknown, what: string): number {
  return requireInteger(value, what, { min: 0 });
}

/** Any number but NaN and the infinities. */
export function requireFinite(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new UserError(`must be a finite number, not ${show(value)}`, { about: what });
}

/** A finite number above 0. */
export function requirePositive(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new UserError(`must be a number above 0, not ${show(value)}`, { about: what });
}

/** One of the names in `choices`; the error lists them and guesses which one was meant. */
export function requireOneOf<T extends string>(value: unknown, choices: readonly T[], what: string): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const hint = typeof value === 'string' ? didYouMean(value, choices) : '';
  throw new UserError(`must be one of ${choices.join(', ')}, not ${show(value)}${hint}`, { about: what });
}

/** A value as it reads in an error message: short, on one line. */
export function show(value: unknown): string {
  const text =
    typeof value === 'number' || value === undefined ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function range(min: number, max: number): string {
  if (max !== Number.MAX_SAFE_INTEGER) {
    return min === Number.MIN_SAFE_INTEGER ? ` of at most ${max}` : ` from ${min} to ${max}`;
  }
  return min === Number.MIN_SAFE_INTEGER ? '' : ` of at least ${min}`;
}
