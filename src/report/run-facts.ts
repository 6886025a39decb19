import type { RunConfig, RunDescription } from '../training/run-description.js';
import { prettyJson } from './format.js';
import { type Html, html, type Piece } from './html.js';

/** What is needed to get a run's numbers again, as entries of a list of definitions. */
export const runFacts = (
  folder: string,
  { config, dataHash, workers, device, version, commit }: RunDescription<RunConfig>,
): (readonly [name: string, value: Piece])[] => [
  ['Run', folder],
  ['Seed', config.training.seed],
  ['Threads and device', `${workers} on ${device}`],
  ['Version', version],
  ['Commit', commit === null ? 'no checkout' : code(commit)],
  ['Data hash', code(dataHash)],
];

/** The command line that trains a run again, where there is one, and its configuration. */
export const runAgain = (again: string | undefined, config: unknown, isContinued: boolean): Html => html`${
  again &&
  html`<p>With the configuration below as <code>config.json</code>${isContinued && ', from the weights that it started from'}, the same run again:</p>
<pre><code>${again}</code></pre>`
}
<pre><code>${prettyJson(config)}</code></pre>`;

export const code = (text: string): Html => html`<code>${text}</code>`;
