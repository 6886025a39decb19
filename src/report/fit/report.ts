import type { FitReportData } from '../../fit/evaluation/report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { type Html, html } from '../html.js';
import { page, type Section } from '../page.js';
import { code, runAgain, runFacts } from '../run-facts.js';
import { runLength } from '../run-length.js';
import { definitions } from '../table.js';
import { curvesOfTraining } from '../training-curves.js';
import { errorsSection, targetsSection, worstSection } from './targets-section.js';

/** The report on the training of a network for a user's quantities, as one HTML document. */
export const fitReport = (data: FitReportData): string =>
  page({ title: data.title, subtitle: subtitle(data), sections: fitSections(data) });

/** Its sections, for pages that hold others too. */
export const fitSections = (data: FitReportData): Section[] => [
  summarySection(data),
  ...(data.evaluation ? [errorsSection(data, data.evaluation), targetsSection(data), worstSection(data)] : []),
  ...(data.metrics.length > 0 ? [curvesOfTraining(curvesOf(data))] : []),
  configurationSection(data),
];

function subtitle(data: FitReportData): string {
  const { parameters, description } = data;
  const { model, found, training } = description.config;
  const learned = (found?.targets ?? []).map(({ name }) => name).join(', ');
  return `A network (${model.encoder}) of ${formatCount(parameters)} parameters for ${learned}: ${runLength(data)}, seed ${training.seed}.`;
}

/** The numbers that a hurried reader takes away. */
function summarySection({ evaluation, part, best, notes }: FitReportData): Section {
  const errors = (evaluation?.targets ?? []).map(({ name, unit, meanAbsolute, spread }, k) =>
    card(
      name,
      `${formatNumber(meanAbsolute)} ${unit}`,
      `mean absolute error on the ${part} part; a constant has ${formatNumber(spread.meanAbsolute)}`,
      `series-${k % 6}`,
    ),
  );
  const loss = card(
    'Validation loss',
    formatNumber(best?.valid),
    best ? `the lowest, after epoch ${formatCount(best.epoch)}` : 'never taken',
    'baseline',
  );
  const body = html`<div class="cards">${errors}${loss}</div>
${notes.map((note) => html`<p class="note"><strong>Note.</strong> ${note}</p>`)}`;
  return { id: 'summary', title: 'Figures', body };
}

const card = (name: string, value: string, remark: string, className: string): Html =>
  html`<div class="card ${className}"><span class="name">${name}</span><strong>${value}</strong><span>${remark}</span></div>`;

const curvesOf = ({ metrics, description }: FitReportData) => ({
  metrics,
  loss: { title: 'Loss: squared errors over the squared spread, weighted', axis: 'loss' },
  averaged: description.config.training.optimizer.averageDecay > 0,
});

/** Everything that is needed to get the same numbers again. */
function configurationSection({ command, again, folder, description }: FitReportData): Section {
  const { config, origin = {} } = description;
  const { found, ...given } = config;
  const { from } = origin;
  const { split } = found ?? {};
  const body = html`<p>This report was made by</p>
<pre><code>${command}</code></pre>
${definitions([
  ...runFacts(folder, description),
  ['Files', html`${given.data.files.map((file, k) => html`${k > 0 && ', '}${code(file)}`)}`],
  [
    'Geometries',
    split
      ? `${Object.entries(split.sizes)
          .map(([part, size]) => `${size} ${part}`)
          .join(', ')}, split by ${split.by}`
      : '—',
  ],
  ['Species', found?.species.join(', ') ?? '—'],
  ['Started from', startedFrom(from)],
])}
${runAgain(again, given, from !== undefined)}`;
  return { id: 'configuration', title: 'Configuration', body };
}

function startedFrom(from: unknown): string {
  if (typeof from !== 'object' || from === null || !('file' in from)) return 'random weights';
  return String(from.file);
}
