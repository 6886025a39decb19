import { quantile } from '../../common/statistics.js';
import type { ErrorSummary, NewtonReportData, ReportRun } from '../../newton/report/report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { histogram } from '../histogram.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';
import { type Column, table } from '../table.js';
import { predictionClass, runClass } from './colours.js';

/** The numbers that a hurried reader takes away. */
export function headlineSection({ runs, straightLine, notes }: NewtonReportData): Section {
  const cards = runs.map(({ name, errors }, k) =>
    card(name, errors.meanSquared, runClass(k), comparison(errors.meanSquared, straightLine.meanSquared)),
  );
  const guess = card(straightLine.name, straightLine.meanSquared, 'baseline', 'baseline: no force acts');
  const body = html`<div class="cards">${cards}${guess}</div>
${notes.map((note) => html`<p class="note"><strong>Note.</strong> ${note}</p>`)}`;
  return { id: 'summary', title: 'Test error', body };
}

const card = (name: string, value: number, className: string, remark: string): Html =>
  html`<div class="card ${className}"><span class="name">${name}</span><strong>${formatNumber(value)}</strong><span>${remark}</span></div>`;

function comparison(error: number, guess: number): string {
  const factor = guess / error;
  if (!(factor > 0) || !Number.isFinite(factor)) return 'mean squared error';
  return factor >= 1
    ? `${formatNumber(factor, 2)} times below the straight line`
    : `${formatNumber(1 / factor, 2)} times above the straight line`;
}

interface Row {
  readonly errors: ErrorSummary;
  readonly run?: ReportRun;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'Model', text: true, cell: ({ errors }) => errors.name },
  { name: 'Test MSE', cell: ({ errors }) => formatNumber(errors.meanSquared) },
  { name: 'Median distance', cell: ({ errors }) => formatNumber(quantile(errors.distances, 0.5)) },
  { name: '95th percentile', cell: ({ errors }) => formatNumber(quantile(errors.distances, 0.95)) },
  { name: 'Validation MSE', cell: ({ run }) => formatNumber(run?.best?.valid) },
  { name: 'Best epoch', cell: ({ run }) => formatCount(run?.best?.epoch) },
  { name: 'Parameters', cell: ({ run }) => formatCount(run?.parameters) },
  { name: 'Equivariance error', cell: ({ run }) => formatNumber(run && largest(run), 2) },
];

const largest = ({ equivariance }: ReportRun): number => Math.max(...Object.values(equivariance));

/** The table of errors, and how well each network follows motions of its input. */
export function errorsSection({ runs, straightLine }: NewtonReportData): Section {
  const rows: Row[] = [...runs.map((run) => ({ run, errors: run.errors })), { errors: straightLine }];
  const body = html`${table(rows, COLUMNS)}
<p class="note">MSE is the mean squared error over all coordinates, with the weights of the lowest validation error. Distances are those between each body and its predicted place.</p>
${runs.map(equivarianceLine)}`;
  return { id: 'errors', title: 'Errors', body };
}

function equivarianceLine({ name, equivariance }: ReportRun): Html {
  const motions = Object.entries(equivariance).map(([motion, error]) => `${motion} ${formatNumber(error, 2)}`);
  return html`<p class="note">${name} follows random motions of its input up to a relative error of: ${motions.join(', ')}.</p>`;
}

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** How the errors are distributed over the bodies. */
export function distancesSection(data: NewtonReportData): Section {
  const summaries = [...data.runs.map(({ errors }) => errors), data.straightLine];
  const samples = summaries.map(({ name, distances }, k) => ({
    name,
    values: distances,
    className: predictionClass(data, k),
  }));
  const chart = histogram({
    title: 'Distance between bodies and their predicted places',
    xLabel: 'distance',
    counted: 'bodies',
    samples,
  });
  const quantiles = table(SHARES, [
    { name: 'Bodies', text: true, cell: (share) => `${formatNumber(100 * share, 2)} % within` },
    ...summaries.map(({ name, distances }) => ({
      name,
      cell: (share: number) => formatNumber(quantile(distances, share)),
    })),
  ]);
  return { id: 'distances', title: 'Error of each body', body: html`<div class="grid">${chart}${quantiles}</div>` };
}
