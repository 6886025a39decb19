import { quantile } from '../../common/statistics.js';
import { sayWhere } from '../../fit/data/geometry-set.js';
import type { FitEvaluation } from '../../fit/evaluation/evaluate.js';
import type { FitReportData, ReportedTarget } from '../../fit/evaluation/report-types.js';
import type { ErrorAt, TargetErrors } from '../../fit/evaluation/target-errors.js';
import { formatCount, formatNumber } from '../format.js';
import { histogram } from '../histogram.js';
import { type Html, html } from '../html.js';
import type { Section } from '../page.js';
import { parityPlot, parityStyles } from '../scatter.js';
import { type Column, table } from '../table.js';

interface Row extends Pick<TargetErrors, 'unit' | 'meanAbsolute' | 'rootMeanSquare' | 'spread'> {
  readonly name: string;
  readonly errors?: TargetErrors;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'Target', text: true, cell: ({ name }) => name },
  { name: 'Unit', text: true, cell: ({ unit }) => unit },
  { name: 'Mean absolute error', cell: ({ meanAbsolute }) => formatNumber(meanAbsolute) },
  { name: 'of a constant', cell: ({ spread }) => formatNumber(spread.meanAbsolute) },
  { name: 'Root mean square', cell: ({ rootMeanSquare }) => formatNumber(rootMeanSquare) },
  { name: 'of a constant', cell: ({ spread }) => formatNumber(spread.rootMeanSquare) },
  { name: 'Largest', cell: ({ errors }) => (errors ? formatNumber(errors.largest?.error) : '') },
  { name: 'Compared', cell: ({ errors }) => (errors ? formatCount(errors.compared) : '') },
  { name: 'Missing', cell: ({ errors }) => (errors ? formatCount(errors.missing) : '') },
];

/** The table of errors. */
export function errorsSection({ part }: FitReportData, { targets, geometries, atoms }: FitEvaluation): Section {
  const rows = targets.flatMap((errors): Row[] => [
    { ...errors, errors },
    ...(errors.perAtom ? [{ name: `${errors.name}, an atom`, unit: errors.unit, ...errors.perAtom }] : []),
  ]);
  const body = html`${table(rows, COLUMNS)}
<p class="note">On the ${part} part, ${formatCount(geometries)} geometries of ${formatCount(atoms)} atoms, with the weights of the lowest validation loss. Vectors and tensors count by their components; of a symmetric tensor each of the six once. A constant is the mean of the same numbers, component by component: what it scores is the spread of the target. What is missing does not count.</p>`;
  return { id: 'errors', title: 'Errors', body };
}

/** Predicted against known numbers, and how errors are distributed. */
export function targetsSection({ targets }: FitReportData): Section {
  const body = html`<div class="grid">${targets.flatMap(charts)}</div>
<p class="note">Of many numbers, some are drawn, evenly; histograms are of all. What lies beyond the ends of a histogram is in its outer bins.</p>`;
  return { id: 'targets', title: 'Predicted and known', body, styles: parityStyles };
}

function charts({ errors, known, predicted, deviations }: ReportedTarget, k: number): Html[] {
  if (deviations.length === 0) return [];
  const { name, unit, width } = errors;
  const className = `series-${k % 6}`;
  const end = quantile(deviations.map(Math.abs), 0.995) || 1;
  return [
    parityPlot({
      title: `${name}${width > 1 ? ', all components' : ''}`,
      xLabel: `known, ${unit}`,
      yLabel: `predicted, ${unit}`,
      ...{ x: known, y: predicted, className },
    }),
    histogram({
      title: `Error of ${name}`,
      xLabel: `predicted less known, ${unit}`,
      counted: 'numbers',
      samples: [{ name, values: deviations, className }],
      xScale: 'linear',
      xDomain: [-end, end],
    }),
  ];
}

/** Where the network is farthest off. */
export function worstSection({ targets }: FitReportData): Section {
  const rows = targets.flatMap(({ errors: { name, unit }, worst }) => worst.map((at) => ({ name, unit, at })));
  const body = html`${table(rows, [
    { name: 'Target', text: true, cell: ({ name }) => name },
    { name: 'Geometry', text: true, cell: ({ at }) => place(at) },
    { name: 'Mean absolute error', cell: ({ at, unit }) => `${formatNumber(at.error)} ${unit}` },
  ])}
<p class="note">The geometries whose numbers are farthest off in the mean: places to look for mistakes in the data, or for what training has not seen.</p>`;
  return { id: 'worst', title: 'Worst geometries', body };
}

const place = ({ source }: ErrorAt): Html => html`<code>${sayWhere(source)}</code>`;
