import type { ConformerTrainingReportData, ReportedDataset } from '../../conformers/training/training-report-types.js';
import { formatCount, prettyJson } from '../format.js';
import { type Html, html, type Piece } from '../html.js';
import type { Section } from '../page.js';
import { definitions, table } from '../table.js';

/** Everything that is needed to get the same numbers again. */
export function trainingConfigurationSection(data: ConformerTrainingReportData): Section {
  const { command, again, folder, description, dataset, weightsHash } = data;
  const { config, dataHash, workers, device, version, commit, origin = {} } = description;
  const { elements, levels, from } = origin;
  const body = html`<p>This report was made by</p>
<pre><code>${command}</code></pre>
${definitions([
  ['Run', folder],
  ['Seed', config.training.seed],
  ['Threads and device', `${workers} on ${device}`],
  ['Version', version],
  ['Commit', commit === null ? 'no checkout' : code(commit)],
  ['Data hash', code(dataHash)],
  ...(isList(levels) ? [['Levels of theory learned', levels.join(', ')] as const] : []),
  ...(isList(elements) ? [['Elements learned', elements.join(', ')] as const] : []),
  ['Started from', from === undefined ? 'random weights' : startedFrom(from)],
  ['Hash of the best weights', code(weightsHash)],
])}
${dataset && datasetTable(dataset)}
${
  again &&
  html`<p>With the configuration below as <code>config.json</code>${from !== undefined && ', from the weights that it started from'}, the same run again:</p>
<pre><code>${again}</code></pre>`
}
<pre><code>${prettyJson(config)}</code></pre>`;
  return { id: 'configuration', title: 'Configuration', body };
}

function startedFrom(from: unknown): Piece {
  const { file, sha256 } = (typeof from === 'object' && from !== null ? from : {}) as Record<string, unknown>;
  return html`${String(file)}, ${code(String(sha256))}`;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const code = (text: string): Html => html`<code>${text}</code>`;

const datasetTable = ({ file, splits }: ReportedDataset): Html =>
  html`<p>Data: <code>${file}</code></p>
${table(splits, [
  { name: 'Split', text: true, cell: ({ name }) => name },
  { name: 'Isomers', cell: ({ isomers }) => formatCount(isomers) },
  { name: 'Conformers used', cell: ({ conformers }) => formatCount(conformers) },
])}`;
