import type { EpochMetrics } from './trainer.js';

/** In an order that stays. */
const COLUMNS = [
  'epoch',
  'step',
  'rate',
  'train',
  'gradientNorm',
  'valid',
  'test',
  'seconds',
] as const satisfies (keyof EpochMetrics)[];

/** Metrics as comma-separated values, for spreadsheets and plots; a cell is empty where there was no evaluation. */
export const metricsTable = (metrics: readonly EpochMetrics[]): string =>
  [COLUMNS, ...metrics.map((line) => COLUMNS.map((column) => line[column] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
