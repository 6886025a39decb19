import type { Combination } from '../../training/comparison.js';
import { html } from '../html.js';
import type { Section } from '../page.js';
import { stripPlot, stripStyles } from '../strip-plot.js';
import { lineClass, runLabel } from './figures.js';
import type { ComparisonReportData } from './report-data.js';

/** The errors of all runs, a strip for every combination. */
export function comparisonErrorsSection({ comparison: { combinations } }: ComparisonReportData): Section {
  const hasTest = combinations.some(({ test }) => test !== null);
  const plot = (title: string, xLabel: string, key: 'valid' | 'test') =>
    stripPlot({ title, xLabel, strips: combinations.map((one, k) => stripOf(one, k, key)) });
  const body = html`<div class="grid">${plot('Validation', 'lowest validation error', 'valid')}
${hasTest && plot('Test', 'test error at that epoch', 'test')}</div>
<p class="note">A dot is a run, a stroke across the mean of a combination.</p>`;
  return { id: 'errors', title: 'Errors', body, styles: stripStyles };
}

function stripOf(combination: Combination, k: number, key: 'valid' | 'test') {
  const { name, counted } = combination;
  const points = counted.flatMap((run) => {
    const value = run.best?.[key];
    return value === undefined ? [] : [{ label: runLabel(combination, run), value }];
  });
  return { name: name || 'all runs', points, mean: combination[key]?.mean ?? null, className: lineClass(k) };
}
