import type { Comparison } from '../../training/comparison.js';
import { html } from '../html.js';
import { lineChart, type Series } from '../line-chart.js';
import type { Section } from '../page.js';
import { lineClass, runLabel } from './figures.js';
import type { ComparisonReportData } from './report-data.js';

/** How the runs learned: all in one chart, by validation and by training error. */
export function comparisonCurvesSection({ comparison }: ComparisonReportData): Section {
  const chart = (title: string, key: 'train' | 'valid') =>
    lineChart({ title, xLabel: 'epoch', yLabel: 'error', yScale: 'log', series: curves(comparison, key) });
  const body = html`<div class="grid">${chart('Validation error', 'valid')}
${chart('Training error', 'train')}</div>
<p class="note">${comparison.combinations.length > 1 ? 'Runs that differ in the seed alone have one colour and stroke.' : 'A line is a run.'}</p>`;
  return { id: 'curves', title: 'Training', body };
}

/** A line for every run; those of a combination look alike, unless there is only one. */
function curves({ combinations }: Comparison, key: 'train' | 'valid'): Series[] {
  const isAlone = combinations.length === 1;
  return combinations.flatMap((combination, k) =>
    combination.runs.map((run, seed) => ({
      name: isAlone ? runLabel(combination, run) : combination.name,
      className: lineClass(isAlone ? seed : k),
      points: run.metrics.flatMap((line) => (line[key] === undefined ? [] : [[line.epoch, line[key]] as const])),
    })),
  );
}
