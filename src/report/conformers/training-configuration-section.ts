import type { ConformerTrainingReportData, ReportedDataset } from '../../conformers/training/training-report-types.js';
import { formatCount } from '../format.js';
import { type Html, html, type Piece } from '../html.js';
import type { Section } from '../page.js';
import { code, runAgain, runFacts } from '../run-facts.js';
import { definitions, table } from '../table.js';

/** Everything that is needed to get the same numbers again. */
export function trainingConfigurationSection(data: ConformerTrainingReportData): Section {
  const { command, again, folder, description, dataset, weightsHash } = data;
  const { config, origin = {} } = description;
  const { elements, levels, from } = origin;
  const body = html`<p>This report was made by</p>
<pre><code>${command}</code></pre>
${definitions([
  ...runFacts(folder, description),
  ...(isList(levels) ? [['Levels of theory learned', levels.join(', ')] as const] : []),
  ...(isList(elements) ? [['Elements learned', elements.join(', ')] as const] : []),
  ['Started from', from === undefined ? 'random weights' : startedFrom(from)],
  ['Hash of the best weights', code(weightsHash)],
])}
${dataset && datasetTable(dataset)}
${runAgain(again, config, from !== undefined)}`;
  return { id: 'configuration', title: 'Configuration', body };
}

function startedFrom(from: unknown): Piece {
  const { file, sha256 } = (typeof from === 'object' && from !== null ? from : {}) as Record<string, unknown>;
  return html`${String(file)}, ${code(String(sha256))}`;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const datasetTable = ({ file, splits }: ReportedDataset): Html =>
  html`<p>Data: <code>${file}</code></p>
${table(splits, [
  { name: 'Split', text: true, cell: ({ name }) => name },
  { name: 'Isomers', cell: ({ isomers }) => formatCount(isomers) },
  { name: 'Conformers used', cell: ({ conformers }) => formatCount(conformers) },
])}`;
