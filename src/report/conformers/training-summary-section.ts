import { conformerNetworkOf } from '../../conformers/training/network-list.js';
import type { ConformerTrainingReportData } from '../../conformers/training/training-report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';

/** The numbers that a hurried reader takes away. */
export function trainingSummarySection({
  best,
  metrics,
  shapes,
  notes,
  description,
}: ConformerTrainingReportData): Section {
  const last = metrics.at(-1);
  const seen = last && last.step * description.config.training.batch;
  const body = html`<div class="cards">
${card('Validation error', formatNumber(best?.valid), best ? `the lowest, after epoch ${formatCount(best.epoch)}` : 'never taken', 'series-2')}
${card('Training error', formatNumber(last?.train), 'of the last epoch', 'series-5')}
${card('Conformers seen', formatCount(seen), last ? `in ${formatCount(last.step)} steps` : 'no epoch is finished', 'series-1')}
${shapes && card('Distance, recall', `${formatNumber(shapes.evaluation.all.recall.amr.mean)} Å`, 'from a reference to the nearest generated conformer, on a few validation molecules', 'series-0')}
</div>
<p class="note">${conformerNetworkOf(description.config.network).loss.explanation}</p>
${notes.map((note) => html`<p class="note"><strong>Note.</strong> ${note}</p>`)}`;
  return { id: 'summary', title: 'Figures', body };
}

const card = (name: string, value: string, remark: string, className: string): Html =>
  html`<div class="card ${className}"><span class="name">${name}</span><strong>${value}</strong><span>${remark}</span></div>`;
