import { bestCombination, type ComparedRun } from '../../training/comparison.js';
import { formatCount, formatNumber, prettyJson } from '../format.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';
import { type Column, definitions, table } from '../table.js';
import { formatSeconds } from './figures.js';
import type { ComparisonReportData } from './report-data.js';

const COLUMNS: readonly Column<ComparedRun>[] = [
  { name: 'Run', text: true, cell: ({ name }) => name },
  { name: 'Seed', cell: ({ description }) => description.config.training.seed },
  { name: 'Validation error', cell: ({ best }) => formatNumber(best?.valid) },
  { name: 'Test error', cell: ({ best }) => formatNumber(best?.test) },
  { name: 'Best epoch', cell: ({ best }) => formatCount(best?.epoch) },
  { name: 'Epochs', cell: epochsOf },
  { name: 'Steps', cell: ({ steps }) => formatCount(steps) },
  { name: 'Time', cell: ({ seconds }) => formatSeconds(seconds) },
];

function epochsOf({ epochs, finished, description }: ComparedRun): string {
  const all = formatCount(description.config.training.epochs);
  return finished ? formatCount(epochs) : `${formatCount(epochs)} of ${all}, not finished`;
}

/** Every single run. */
export const comparedRunsSection = ({ comparison }: ComparisonReportData): Section => ({
  id: 'runs',
  title: 'Runs',
  body: table(
    comparison.combinations.flatMap(({ runs }) => runs),
    COLUMNS,
  ),
});

/** Everything that is needed to get the same numbers again. */
export function runsConfigurationSection({ command, comparison }: ComparisonReportData): Section {
  const runs = comparison.combinations.flatMap((one) => one.runs);
  const distinct = (of: (run: ComparedRun) => string): string => [...new Set(runs.map(of))].join(', ');
  const shown = (bestCombination(comparison) ?? comparison.combinations[0]).runs[0];
  const body = html`<p>This report was made by</p>
<pre><code>${command}</code></pre>
${definitions([
  ['Threads and device', distinct(({ description: { workers, device } }) => `${workers} on ${device}`)],
  ['Version', distinct(({ description }) => description.version)],
  ['Commit', distinct(({ description }) => description.commit ?? 'no checkout')],
  ['Data hash', code(distinct(({ description }) => description.dataHash))],
])}
<p>${comparison.keys.length > 0 ? html`The configuration of <code>${shown.folder}</code>; the others differ from it in ${comparison.keys.join(', ')} and the seed:` : html`The configuration of <code>${shown.folder}</code>; the others differ from it in the seed:`}</p>
<pre><code>${prettyJson(shown.description.config)}</code></pre>`;
  return { id: 'configuration', title: 'Configuration', body };
}

const code = (text: string): Html => html`<code>${text}</code>`;
