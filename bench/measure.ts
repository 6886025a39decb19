import { median } from '../src/common/statistics.js';

/** Times of one thing, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly fastest: number;
}

/**
 * Runs something for about so many milliseconds, at least `least` times, after a warm-up of a quarter of that: the
 * first fifty training steps take a tenth longer than all later ones.
 */
export async function time(run: () => Promise<unknown>, { budget = 2000, least = 7 } = {}): Promise<Timing> {
  const warm = performance.now() + budget / 4;
  do await run();
  while (performance.now() < warm);
  const times: number[] = [];
  const end = performance.now() + budget;
  while (times.length < least || performance.now() < end) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return { median: median(times), fastest: Math.min(...times) };
}

/** `0.231`, `14.2`, `224` */
export const milliseconds = (value: number | undefined): string =>
  value === undefined ? '–' : value < 10 ? value.toFixed(3) : value < 100 ? value.toFixed(1) : value.toFixed(0);

/** Rows of text in columns that line up; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ');
  const [head, ...body] = rows;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n');
}
