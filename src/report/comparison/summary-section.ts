import type { Spread } from '../../common/statistics.js';
import { bestCombination } from '../../training/comparison.js';
import { formatCount, formatNumber } from '../format.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';
import { formatRange, formatSeconds } from './figures.js';
import type { ComparisonReportData } from './report-data.js';

/** The numbers that a hurried reader takes away. */
export function comparisonSummarySection({ comparison, notes }: ComparisonReportData): Section {
  const best = bestCombination(comparison);
  const runs = comparison.combinations.flatMap((one) => one.runs);
  const finished = runs.filter((run) => run.finished).length;
  const seconds = runs.flatMap((run) => run.seconds ?? []);
  const total = seconds.length > 0 ? seconds.reduce((a, b) => a + b, 0) : null;
  const name = best?.name || 'the configuration';
  const body = html`<div class="cards">
${best && card('Lowest validation error', formatNumber(best.valid?.mean), `${deviationOf(best.valid)}${name}`, 'series-2')}
${best?.test && card('Its test error', formatNumber(best.test.mean), best.counted.length > 1 ? `${deviationOf(best.test)}${best.counted.length} runs, ${formatRange(best.test)}` : name, 'series-3')}
${card('Runs', formatCount(finished), finished === runs.length ? 'all finished' : `finished, of ${formatCount(runs.length)}`, 'series-5')}
${card('Training', formatSeconds(total), seconds.length === runs.length ? 'all runs together' : `${seconds.length} of ${runs.length} runs were timed`, 'series-1')}
</div>
${notes.map((note) => html`<p class="note"><strong>Note.</strong> ${note}</p>`)}`;
  return { id: 'summary', title: 'Figures', body };
}

const deviationOf = (values: Spread | null): string =>
  values?.deviation == null ? '' : `± ${formatNumber(values.deviation, 2)}; `;

const card = (name: string, value: string, remark: string, className: string): Html =>
  html`<div class="card ${className}"><span class="name">${name}</span><strong>${value}</strong><span>${remark}</span></div>`;
