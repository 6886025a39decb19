import type { Spread } from '../../common/statistics.js';
import type { Combination, ComparedRun } from '../../training/comparison.js';
import { formatCount, formatNumber } from '../format.js';

/** `0.00365 ± 0.00012`, or the one number. @param digits of the mean */
export function formatSpread(values: Spread | null, digits?: number): string {
  const middle = formatNumber(values?.mean, digits);
  return values === null || values.deviation === null ? middle : `${middle} ± ${formatNumber(values.deviation, 2)}`;
}

/** `0.0036 – 0.0038` */
export const formatRange = ({ min, max }: Spread): string => `${formatNumber(min)} – ${formatNumber(max)}`;

/** `12.4 s`, `3 min 20 s`, `2 h 5 min` */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null || seconds < 60) return seconds === null ? '—' : `${formatNumber(seconds, 3)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds) % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The mean of whole numbers, with a digit after the point where it is between two. */
export const formatMean = (value: number | null): string =>
  value === null || Number.isInteger(value) ? formatCount(value) : formatNumber(value, Math.abs(value) < 10 ? 2 : 3);

/** The CSS classes of a line: six colours, each in three strokes. */
export const lineClass = (k: number): string =>
  ['series-', k % 6, ['', ' dashed', ' dotted'][Math.floor(k / 6) % 3]].join('');

/** What a run is called in a chart: its seed among those of its combination, or its name. */
export const runLabel = ({ runs }: Combination, run: ComparedRun): string =>
  runs.length > 1 ? `seed ${run.description.config.training.seed}` : run.name;
