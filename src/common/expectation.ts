import { z } from 'zod';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * What a schema wanted, in words: for `safeParse(value, { error: expectation })`. Zod's own message where this has
 * none; that begins with what is wrong, which those who show it say better.
 */
export function expectation(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${z.core.util.joinValues(issue.values, '|')}`;
    case 'too_small':
      return `expected ${bound(issue, issue.inclusive === false ? 'above' : 'of at least', issue.minimum)}`;
    case 'too_big':
      return `expected ${bound(issue, issue.inclusive === false ? 'below' : 'of at most', issue.maximum)}`;
    default:
      return undefined;
  }
}

/** What is wanted, in the words that the command line has for it. */
const kinds: Readonly<Record<string, string>> = { number: 'a number', int: 'a whole number' };

/** `a number above 0`, `array of at least 2 items` */
function bound({ origin }: { readonly origin: string }, words: string, limit: unknown): string {
  const unit = { array: ' items', string: ' characters' }[origin] ?? '';
  return `${kinds[origin] ?? origin} ${words} ${limit}${unit}`;
}
