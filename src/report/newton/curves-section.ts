import type { NewtonReportData, ReportRun } from '../../newton/report/report-types.js';
import { html } from '../html.js';
import { lineChart, type Series } from '../line-chart.js';
import type { Section } from '../page.js';
import { extent } from '../scale.js';

/** The losses of every run, one chart each, all on the same axis. */
export function curvesSection({ runs, straightLine }: NewtonReportData): Section {
  const trained = runs.filter(({ metrics }) => metrics.length > 0);
  const yDomain = lossDomain(trained, straightLine.meanSquared);
  const charts = trained.map((run) =>
    lineChart({
      title: run.name,
      xLabel: 'epoch',
      yLabel: 'mean squared error',
      yScale: 'log',
      yDomain,
      series: lossSeries(run),
      references: [{ name: 'straight line', y: straightLine.meanSquared }],
    }),
  );
  const isTested = trained.some(({ metrics }) => metrics.some(({ test }) => test !== undefined));
  const body = html`<div class="grid">${charts}</div>
${isTested && html`<p class="note">The test error is taken only where the validation error is the lowest so far.</p>`}`;
  return { id: 'curves', title: 'Training', body };
}

/** From the lowest loss of any run to its highest on unseen data; what training losses begin with would flatten all. */
function lossDomain(runs: readonly ReportRun[], straightLine: number): [number, number] {
  const lines = runs.flatMap(({ metrics }) => metrics);
  const unseen = lines.flatMap(({ valid, test }) => [valid ?? [], test ?? []].flat());
  const positive = (values: readonly number[]): number[] => values.filter((value) => value > 0);
  const [low] = extent(positive([...lines.map(({ train }) => train), ...unseen, straightLine]));
  const [, high] = extent(positive([...unseen, straightLine]));
  return [Math.min(low, high), high];
}

function lossSeries({ metrics }: ReportRun): Series[] {
  const points = (loss: 'train' | 'valid' | 'test') =>
    metrics.flatMap((line) => (line[loss] === undefined ? [] : [[line.epoch, line[loss]] as const]));
  const series: Series[] = [
    { name: 'train', points: points('train'), className: 'series-5' },
    { name: 'valid', points: points('valid'), className: 'series-2' },
    { name: 'test', points: points('test'), className: 'series-3', dots: true },
  ];
  return series.filter((line) => line.points.length > 0);
}
