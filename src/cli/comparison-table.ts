import type { Spread } from '../common/statistics.js';
import { formatSpread } from '../report/comparison/figures.js';
import { formatNumber } from '../report/format.js';
import type { Combination, ComparedRun, Comparison } from '../training/comparison.js';
import { valueText } from '../training/settings.js';
import { formatCount, formatDuration } from './format.js';

/** A column of the table in a terminal. */
interface Column {
  readonly name: string;
  readonly cell: (combination: Combination) => string;
  readonly text?: boolean;
}

/** The table for a terminal: a row a combination, mean and spread over its runs. */
export function comparisonLines({ names, combinations }: Comparison): string[] {
  const hasSpread = combinations.some(({ valid }) => valid?.deviation != null);
  const errors = (name: string, of: (combination: Combination) => Spread | null): Column[] => {
    if (combinations.every((combination) => of(combination) === null)) return [];
    const range = { name: 'min–max', cell: (one: Combination) => formatRange(of(one)) };
    return [{ name, cell: (one) => formatSpread(of(one), hasSpread ? 3 : 4) }, ...(hasSpread ? [range] : [])];
  };
  const columns: Column[] = [
    ...names.map((name, k) => ({ name, cell: ({ labels }: Combination) => labels[k] || '—', text: true })),
    { name: 'runs', cell: countedRuns },
    ...errors('validation', ({ valid }) => valid),
    ...errors('test', ({ test }) => test),
    { name: 'epoch', cell: ({ bestEpoch }) => (bestEpoch === null ? '—' : formatCount(bestEpoch)) },
    { name: 'steps', cell: ({ steps }) => formatCount(steps) },
    { name: 'parameters', cell: ({ parameters }) => formatCount(parameters) },
    { name: 'time', cell: ({ seconds }) => (seconds === null ? '—' : formatDuration(seconds)) },
  ];
  const cells = columns.map(({ name, cell }) => [name, ...combinations.map(cell)]);
  const widths = cells.map((column) => Math.max(...column.map((text) => text.length)));
  return [0, ...combinations.map((_, k) => k + 1)].map((row) =>
    columns
      .map(({ text }, k) => (text ? cells[k][row].padEnd(widths[k]) : cells[k][row].padStart(widths[k])))
      .join('  ')
      .trimEnd(),
  );
}

/** `3`, or `2 of 3` where one is not finished. */
const countedRuns = ({ runs }: Combination): string => {
  const finished = runs.filter((run) => run.finished).length;
  return finished === runs.length ? `${runs.length}` : `${finished} of ${runs.length}`;
};

const formatRange = (values: Spread | null): string =>
  values?.deviation == null ? '' : `${formatNumber(values.min)}–${formatNumber(values.max)}`;

const figures = ['mean', 'deviation', 'min', 'max'] as const;

/** The table as CSV: settings by their keys, numbers in full, empty where there is none. */
export function comparisonCsv({ keys, combinations }: Comparison): string {
  const spreadNames = (name: string): string[] => figures.map((figure) => `${name}_${figure}`);
  const spreadCells = (values: Spread | null): unknown[] => figures.map((figure) => values?.[figure]);
  const counts = ['runs', 'finished'];
  const means = ['bestEpoch', 'steps', 'parameters', 'seconds'] as const;
  const head = [...keys, ...counts, ...spreadNames('validation'), ...spreadNames('test'), ...means];
  const rows = combinations.map((one) => [
    ...one.values,
    one.runs.length,
    one.runs.filter(({ finished }) => finished).length,
    ...spreadCells(one.valid),
    ...spreadCells(one.test),
    ...means.map((name) => one[name]),
  ]);
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

function csvCell(value: unknown): string {
  const text = value === null ? '' : valueText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The comparison as JSON. */
export const comparisonJson = ({ keys, combinations }: Comparison) => ({
  combinations: combinations.map(({ values, name: _, runs, counted: __, ...numbers }) => ({
    settings: Object.fromEntries(keys.map((key, k) => [key, values[k] ?? null])),
    ...numbers,
    runs: runs.map(runJson),
  })),
});

const runJson = ({ folder, description, best, finished, epochs, steps, parameters, seconds }: ComparedRun) => ({
  folder,
  seed: description.config.training.seed,
  finished,
  best,
  epochs,
  steps,
  parameters,
  seconds,
});
