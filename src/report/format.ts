const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * `0.00763`, `12.4`, `1.20 × 10⁻⁷`: so many significant digits, 3 by default, but no whole digit lost; `—` where there is
 * no number.
 */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(Number(value.toPrecision(digits)));
  if (size < 1e-4 || size >= 1e6) return scientific(value, digits);
  return minus(value.toFixed(decimals(size, digits)));
}

const decimals = (size: number, digits: number): number =>
  Math.min(20, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 1)).split('e');
  const power = Number(exponent);
  const raised = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return minus(`${mantissa} × 10${power < 0 ? '⁻' : ''}${raised}`);
}

const minus = (text: string): string => text.replace('-', '−');

/** `160,964`; `—` where there is no number. */
export const formatCount = (value: number | null | undefined): string =>
  value === null || value === undefined ? '—' : value.toLocaleString('en-US');

/** A word of a command line as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** JSON over several lines, lists of numbers and words on one. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) =>
    items.includes('"') ? `[${items.split(/,\s*\n\s*/).join(', ')}]` : `[${items.replace(/\s+/g, ' ')}]`,
  );
}
