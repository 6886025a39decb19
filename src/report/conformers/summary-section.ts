import type { Average } from '../../conformers/evaluation/coverage.js';
import type { Evaluation } from '../../conformers/evaluation/evaluation.js';
import type { ConformerReportData } from '../../conformers/evaluation/report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';
import { type Column, table } from '../table.js';

/** The numbers that a hurried reader takes away, then all of them. */
export function summarySection({ evaluation, notes }: ConformerReportData): Section {
  const { all, thresholds } = evaluation;
  const delta = formatDelta(thresholds[0]);
  const body = html`<div class="cards">
${card('Recall', all.recall.cov[0], `of the references have a generated conformer within ${delta}`, 'series-0')}
${card('Precision', all.precision.cov[0], `of the generated conformers have a reference within ${delta}`, 'series-1')}
${distanceCard('Distance, recall', all.recall.amr, 'from a reference to the nearest generated conformer', 'series-0')}
${distanceCard('Distance, precision', all.precision.amr, 'from a generated conformer to the nearest reference', 'series-1')}
</div>
${notes.map((note) => html`<p class="note"><strong>Note.</strong> ${note}</p>`)}
${scoreTable(evaluation)}
<p class="note">Mean and median over molecules. COV is the share of conformers matched within the distance, AMR (also called MAT) the mean distance to the nearest match; R for recall, P for precision. Distances are RMSDs of heavy atoms, the least over alignments and symmetries of the molecule${evaluation.symmetrize && ', with conjugated terminal groups taken as symmetric'}.</p>
${unanswered(evaluation)}
${table(rateRows(evaluation), RATE_COLUMNS)}
<p class="note">MMD is the maximum mean discrepancy of bond lengths between heavy atoms: each by itself, two together, all together; 0 for the same distribution.</p>`;
  return { id: 'summary', title: 'Figures', body, styles: '#summary .table { margin-top: 20px; }' };
}

/** `0.75 Å` */
export const formatDelta = (delta: number): string => `${Number(delta.toPrecision(6))} Å`;

/** `93.5 %` */
export const formatShare = (share: number | null): string =>
  share === null || Number.isNaN(share) ? '—' : `${(100 * share).toFixed(1)} %`;

const card = (name: string, { mean }: Average, remark: string, className: string): Html =>
  html`<div class="card ${className}"><span class="name">${name}</span><strong>${formatShare(mean)}</strong><span>${remark}</span></div>`;

const distanceCard = (name: string, { mean }: Average, remark: string, className: string): Html =>
  html`<div class="card ${className}"><span class="name">${name}</span><strong>${formatNumber(mean)} Å</strong><span>${remark}</span></div>`;

interface ScoreRow {
  readonly name: string;
  readonly of: (summary: Evaluation['all']) => Average;
  readonly format: (value: number) => string;
}

function scoreTable(evaluation: Evaluation): Html {
  const { thresholds, counts } = evaluation;
  const rows = (['recall', 'precision'] as const).flatMap((way): ScoreRow[] => {
    const letter = way === 'recall' ? 'R' : 'P';
    return [
      ...thresholds.map((delta, k): ScoreRow => {
        const name = `COV-${letter} at ${formatDelta(delta)}`;
        return { name, of: (summary) => summary[way].cov[k], format: formatShare };
      }),
      { name: `AMR-${letter} in Å`, of: (summary) => summary[way].amr, format: (value) => formatNumber(value) },
    ];
  });
  const columns: Column<ScoreRow>[] = [
    { name: '', text: true, cell: ({ name }) => name },
    { name: 'Mean', cell: ({ of, format }) => format(of(evaluation.all).mean) },
    { name: 'Median', cell: ({ of, format }) => format(of(evaluation.all).median) },
  ];
  if (counts.answered < counts.molecules) {
    columns.push(
      { name: 'Mean, answered', cell: ({ of, format }) => format(of(evaluation.answered).mean) },
      { name: 'Median, answered', cell: ({ of, format }) => format(of(evaluation.answered).median) },
    );
  }
  return table(rows, columns);
}

function unanswered({ counts: { molecules, answered } }: Evaluation): Html | null {
  if (answered === molecules) return null;
  return html`<p class="note">For ${formatCount(molecules - answered)} of ${formatCount(molecules)} molecules there is no conformer of the right isomer. In the columns of all molecules they count with a coverage of 0 and with the distance from a reference to a structure with all atoms at one point.</p>`;
}

type RateRow = readonly [name: string, value: string];

const RATE_COLUMNS: readonly Column<RateRow>[] = [
  { name: '', text: true, cell: ([name]) => name },
  { name: 'Mean', cell: ([, value]) => value },
];

function rateRows(evaluation: Evaluation): RateRow[] {
  const { counts, mmd, stereoRate, validityRate, seconds, networkCalls } = evaluation;
  return [
    ['Molecules with an answer', `${formatCount(counts.answered)} of ${formatCount(counts.molecules)}`],
    ['Reference conformers', formatCount(counts.references)],
    ['Generated conformers', formatCount(counts.generated)],
    ['Of the right isomer', formatShare(stereoRate)],
    ['Plausible: bond lengths, no clashes', formatShare(validityRate)],
    ['MMD, single lengths', formatNumber(mmd.single.mean)],
    ['MMD, pairs of lengths', formatNumber(mmd.pair.mean)],
    ['MMD, all lengths', formatNumber(mmd.all.mean)],
    ...(seconds === null ? [] : [['Seconds per conformer', formatNumber(seconds)] as const]),
    ...(networkCalls === null ? [] : [['Network calls per conformer', formatNumber(networkCalls)] as const]),
  ];
}
