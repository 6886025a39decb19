import { z } from 'zod';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * What a schema wanted, in words: for `safeParse(value, { error: expectation })`. Zod's own message where this has
 * none; that begins with what is wrong, which those who show it say better.
 */
export function expectation(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${z.core.util.joinValues(issue.values, '|')}`;
    case 'too_small':
      return `expected ${issue.origin} ${bound('>', issue, issue.minimum)}`;
    case 'too_big':
      return `expected ${issue.origin} ${bound('<', issue, issue.maximum)}`;
    default:
      return undefined;
  }
}

function bound(
  sign: '<' | '>',
  { origin, inclusive = true }: { origin: string; inclusive?: boolean },
  at: unknown,
): string {
  const unit = { array: 'items', string: 'characters' }[origin];
  const range = `${sign}${inclusive ? '=' : ''}${at}`;
  return unit === undefined ? `to be ${range}` : `to have ${range} ${unit}`;
}
