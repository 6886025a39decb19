import type { NewtonReportData, ReportRun } from '../../newton/report/report-types.js';
import { prettyJson } from '../format.js';
import { type Html, html, type Piece } from '../html.js';
import type { Section } from '../page.js';
import { runLength } from '../run-length.js';
import { definitions } from '../table.js';

/** Everything that is needed to get the same numbers again. */
export function configurationSection({ command, dataset, runs }: NewtonReportData): Section {
  const body = html`<p>This report was made by</p>
<pre><code>${command}</code></pre>
${definitions([
  ['Data set', `${dataset.name} in ${dataset.directory}`],
  ['SHA-256 of the test trajectories', code(dataset.testHash)],
])}
${runs.map((run, k) => runDetails(run, k === 0))}`;
  return { id: 'configuration', title: 'Configuration', body };
}

function runDetails(run: ReportRun, open: boolean): Html {
  const { name, folder, description, again } = run;
  const { config, dataHash, workers, device, version, commit } = description;
  return html`<details${open && ' open'}><summary>${name}</summary><div>
${definitions([
  ['Run', folder],
  ['Length', runLength(run)],
  ['Seed', config.training.seed],
  ['Threads and device', `${workers} on ${device}`],
  ['Version', version],
  ['Commit', commit === null ? 'no checkout' : code(commit)],
  ['Data hash (train-valid-test)', code(dataHash)],
])}
${
  again &&
  html`<p>With the configuration below as <code>config.json</code>, the same run again:</p>
<pre><code>${again}</code></pre>`
}
<pre><code>${prettyJson(config)}</code></pre>
</div></details>`;
}

const code = (text: string): Piece => html`<code>${text}</code>`;
