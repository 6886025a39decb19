import type { Spread } from '../../common/statistics.js';
import { bestCombination, type Combination } from '../../training/comparison.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';
import { type Column, table } from '../table.js';
import { formatMean, formatRange, formatSeconds, formatSpread } from './figures.js';
import type { ComparisonReportData } from './report-data.js';

/** A row for every combination: what it is set to, its errors, what it costs. */
export function comparisonTableSection({ comparison }: ComparisonReportData): Section {
  const { names, combinations } = comparison;
  const best = bestCombination(comparison);
  const isSpread = combinations.some(({ counted }) => counted.length > 1);
  const hasTest = combinations.some(({ test }) => test !== null);
  const columns: Column<Combination>[] = [
    ...names.map((name, k) => ({ name, text: true, cell: ({ labels }: Combination) => labels[k] || '—' })),
    { name: 'Runs', text: names.length === 0, cell: countedRuns },
    { name: 'Validation error', cell: (one) => spreadCell(one.valid, one === best) },
    ...(hasTest ? [{ name: 'Test error', cell: ({ test }: Combination) => spreadCell(test) }] : []),
    { name: 'Best epoch', cell: ({ bestEpoch }) => formatMean(bestEpoch) },
    { name: 'Steps', cell: ({ steps }) => formatMean(steps) },
    { name: 'Parameters', cell: ({ parameters }) => formatMean(parameters) },
    { name: 'Time', cell: ({ seconds }) => formatSeconds(seconds) },
  ];
  const body = html`${table(combinations, columns)}
<p class="note">${isSpread && 'Mean ± standard deviation, and below it the range, over runs that differ in the seed alone; epoch, steps and time are means. '}${hasTest && 'The test error is that of the weights with the lowest validation error, by which combinations are chosen. '}Errors are those that the runs were validated by: they can be compared where data, task and loss are the same.</p>`;
  return {
    id: 'combinations',
    title: 'Combinations',
    body,
    styles: 'td small { display: block; color: var(--soft); }',
  };
}

/** Mean and deviation, bold where they are the best, and below them the range. */
function spreadCell(values: Spread | null, isBest = false): Html {
  const text = formatSpread(values);
  return html`${isBest ? html`<b>${text}</b>` : text}
${values !== null && values.deviation !== null && html`<small>${formatRange(values)}</small>`}`;
}

const countedRuns = ({ runs }: Combination): string => {
  const finished = runs.filter((run) => run.finished).length;
  return finished === runs.length ? `${runs.length}` : `${finished} of ${runs.length} finished`;
};
