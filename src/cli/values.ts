import { InvalidArgumentError } from 'commander';
import type { Bounds, OptionSpec } from './command.js';

/** The function that turns an option's text into its value; throws commander's InvalidArgumentError. */
export function valueParser(spec: Exclude<OptionSpec, { type: 'boolean' }>): (text: string) => string | number {
  switch (spec.type) {
    case 'integer':
      return (text) => inBounds(text, /^[+-]?\d+$/.test(text.trim()), 'a whole number', spec);
    case 'number':
      return (text) => inBounds(text, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()), 'a number', spec);
    default:
      return (text) => plainText(text, spec);
  }
}

/** The function that adds a text to those that were given before it. */
export function listParser(spec: Extract<OptionSpec, { type: 'list' }>) {
  return (text: string, before: readonly string[] = []): string[] => [...before, plainText(text, spec)];
}

/** Text as it is. What looks like the next option is one whose value was forgotten; - is a file for few options. */
function plainText(text: string, spec: Exclude<OptionSpec, { type: 'boolean' }>): string {
  if (text === '' || text.startsWith('--')) throw new InvalidArgumentError('Expected a value.');
  const takesDash = spec.type === 'string' && spec.default === '-';
  if (text === '-' && spec.placeholder === 'file' && !takesDash) {
    throw new InvalidArgumentError('Expected the name of a file.');
  }
  return text;
}

function inBounds(text: string, wellFormed: boolean, kind: string, bounds: Bounds): number {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = bounds;
  const value = Number(text);
  const safe = kind === 'a number' ? Number.isFinite(value) : Number.isSafeInteger(value);
  if (wellFormed && safe && value >= min && value <= max && value > above && value < below) return value;
  throw new InvalidArgumentError(`Expected ${kind}${range(bounds)}.`);
}

function range({ min, max, above, below }: Bounds): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const limits = { 'of at least': min, 'of at most': max, above, below };
  const said = Object.entries(limits).flatMap(([words, limit]) => (limit === undefined ? [] : [`${words} ${limit}`]));
  return said.length === 0 ? '' : ` ${said.join(' and ')}`;
}
