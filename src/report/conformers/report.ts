import type { ConformerReportData } from '../../conformers/evaluation/report-types.js';
import { formatCount } from '../format.js';
import { html } from '../html.js';
import { page, type Section } from '../page.js';
import { coverageSection, worstSection } from './coverage-section.js';
import { distributionsSection } from './distributions-section.js';
import { overlaysSection } from './overlays-section.js';
import { summarySection } from './summary-section.js';

/** The report on generated conformers as one HTML document. */
export const conformerReport = (data: ConformerReportData): string =>
  page({ title: data.title, subtitle: subtitle(data), sections: conformerSections(data) });

/** Its sections, for pages that hold others too. */
export const conformerSections = (data: ConformerReportData): Section[] => [
  summarySection(data),
  ...(data.overlays.length > 0 ? [overlaysSection(data)] : []),
  coverageSection(data),
  ...(data.distributions.length > 0 ? [distributionsSection(data)] : []),
  worstSection(data),
  configurationSection(data),
];

function subtitle({ references, generated, evaluation: { counts } }: ConformerReportData): string {
  const sizes = `${formatCount(counts.generated)} conformers of ${formatCount(counts.molecules)} molecules`;
  return `${sizes}, from ${generated}, against ${formatCount(counts.references)} references from ${references}.`;
}

function configurationSection({ command }: ConformerReportData): Section {
  const body = html`<p>This report was made by</p>
<pre><code>${command}</code></pre>`;
  return { id: 'configuration', title: 'Configuration', body };
}
