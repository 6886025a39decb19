import { quantile } from '../../common/statistics.js';
import { type InternalKind, internalKinds } from '../../conformers/evaluation/internal-coordinates.js';
import type { InternalDistribution } from '../../conformers/evaluation/internal-distributions.js';
import type { ConformerReportData } from '../../conformers/evaluation/report-types.js';
import { histogram } from '../histogram.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';

const HEADINGS: Readonly<Record<InternalKind, string>> = {
  bond: 'Bond lengths',
  angle: 'Angles',
  torsion: 'Torsions',
};

/** Bond lengths, angles and torsions of both sets over each other. */
export function distributionsSection({ distributions }: ConformerReportData): Section {
  const groups = internalKinds.map((kind) => {
    const charts = distributions.filter((one) => one.kind === kind && one.references.length > 0).map(chart);
    return charts.length > 0 && html`<h3>${HEADINGS[kind]}</h3><div class="grid">${charts}</div>`;
  });
  const body = html`<p>The commonest types over all molecules and conformers; “:” is an aromatic bond. Torsions are shown by their size, from 0° (cis) to 180° (trans); those about ring bonds separately.</p>
${groups}
<p class="note">Values beyond an axis are counted in its outermost bins.</p>`;
  return { id: 'distributions', title: 'Bond lengths, angles and torsions', body, styles: STYLES };
}

const STYLES = '#distributions h3 { margin: 24px 0 10px; }';

function chart({ kind, type, references, generated }: InternalDistribution): Html {
  return histogram({
    title: type,
    xLabel: kind === 'bond' ? 'length in Å' : `${kind} in degrees`,
    counted: 'values',
    samples: [
      { name: 'references', values: references, className: 'baseline' },
      { name: 'generated', values: generated, className: 'series-0' },
    ],
    bins: kind === 'torsion' ? 36 : 40,
    xScale: 'linear',
    xDomain: kind === 'torsion' ? [0, 180] : shownRange(references),
  });
}

/** Where 98 % of the references are and as much again, so that a few wild values do not flatten all. */
function shownRange(references: Float32Array): [number, number] {
  const [low, high] = [0.01, 0.99].map((share) => quantile(references, share));
  const margin = Math.max((high - low) / 2, 1e-2 * high);
  return [low - margin, high + margin];
}
