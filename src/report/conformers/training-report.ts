import type { ConformerTrainingReportData } from '../../conformers/training/training-report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { html } from '../html.js';
import { page, type Section } from '../page.js';
import { runLength } from '../run-length.js';
import { overlaysSection } from './overlays-section.js';
import { formatShare } from './summary-section.js';
import { trainingConfigurationSection } from './training-configuration-section.js';
import { noiseSection, trainingCurvesSection } from './training-curves-section.js';
import { trainingSummarySection } from './training-summary-section.js';

/** The report on the training of a network that makes conformers, as one HTML document. */
export const conformerTrainingReport = (data: ConformerTrainingReportData): string =>
  page({ title: data.title, subtitle: subtitle(data), sections: conformerTrainingSections(data) });

/** Its sections, for pages that hold others too. */
export const conformerTrainingSections = (data: ConformerTrainingReportData): Section[] => [
  trainingSummarySection(data),
  ...(data.metrics.length > 0 ? [trainingCurvesSection(data)] : []),
  ...(data.noise.errors.length > 0 ? [noiseSection(data)] : []),
  ...(data.shapes ? [shapesSection(data.shapes)] : []),
  trainingConfigurationSection(data),
];

function subtitle(data: ConformerTrainingReportData): string {
  const { parameters, description } = data;
  return `A network of ${formatCount(parameters)} parameters that makes conformers: ${runLength(data)}, seed ${description.config.training.seed}.`;
}

function shapesSection(shapes: NonNullable<ConformerTrainingReportData['shapes']>): Section {
  const { requested, made, level, evaluation } = shapes;
  const { recall, precision } = evaluation.all;
  const about = html`<p>The best weights generated ${formatCount(made)} of ${formatCount(requested)} conformers of ${formatCount(evaluation.counts.molecules)} validation molecules, at level ${level}, from rule-based shapes, unrelaxed; the others did not pass the checks in three attempts. From a reference to the nearest generated conformer the distance is ${formatNumber(recall.amr.mean)} Å on average, and the other way ${formatNumber(precision.amr.mean)} Å; ${formatShare(recall.cov[0].mean)} of the references are matched within ${evaluation.thresholds[0]} Å. Figures to compare by take an evaluation on many molecules.</p>`;
  return { ...overlaysSection(shapes, about), title: 'Conformers of validation molecules' };
}
