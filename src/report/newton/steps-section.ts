import type { Drift, StepErrors } from '../../newton/evaluation/roll-out-errors.js';
import type { Limit, LongPredictions, NewtonReportData, RolledRun } from '../../newton/report/report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { type Html, html } from '../html.js';
import { lineChart, type Series } from '../line-chart.js';
import type { Section } from '../page.js';
import { table } from '../table.js';
import { runClass } from './colours.js';

const plain = (value: number): string => `${Number(value.toPrecision(6))}`;

/** Networks applied again and again, and how far ahead anything can be predicted. */
export function stepsSection({ dataset }: NewtonReportData, long: LongPredictions): Section {
  const { runs, limit, start, gap } = long;
  const rolled = runs.filter(({ steps }) => steps.length > 0);
  const intro = html`<p>Predictions of ${formatCount(long.straightLine.length)} steps of ${formatCount(gap)} snapshots, from snapshot ${formatCount(start)} of every test trajectory on: what a network has predicted is what it sees next.</p>`;
  const remarks = runs.flatMap(({ remark }) => (remark === undefined ? [] : [html`<p class="note">${remark}</p>`]));
  const body = html`${limit ? limitWords(limit) : html`<p>The law of motion behind ${dataset.name} is not known here, so how far its trajectories can be predicted at all is not either.</p>`}
${rolled.length > 0 && intro}
<div class="grid">${errorChart(long)}${driftCharts(runs)}</div>
<p class="note">${truthWords(rolled)}What lies below an axis is drawn on it.</p>
${stepTable(long)}
${remarks}`;
  return { id: 'steps', title: 'Long predictions', body };
}

/** Up to when predictions are possible at all. */
function limitWords({ systems, times, meanSquaredError, predictable }: Limit): Html {
  const last = times.length - 1;
  const until = (shares: readonly number[], share: number): string => {
    const at = shares.findLastIndex((there) => there >= share);
    if (at < 0) return 'at no stored snapshot';
    return at === last ? `to the end, time ${plain(times[last])}` : `up to time ${plain(times[at])}`;
  };
  const lines = predictable.map(
    ({ tolerance, shares }) =>
      html`<li>to within ${plain(tolerance)}: of 99 % of the systems ${until(shares, 0.99)}, of 90 % ${until(shares, 0.9)}, of half of them ${until(shares, 0.5)};</li>`,
  );
  return html`<p>How far ahead can be predicted at all: a network sees positions and velocities rounded to float32. Started from these, the simulator itself, which knows the law of motion, is off by a mean squared error of ${formatNumber(meanSquaredError[0])} at time ${plain(times[0])} and of ${formatNumber(meanSquaredError[last])} at time ${plain(times[last])} (${formatCount(systems)} test systems). After a close encounter the last digits decide. Such a start fixes every position and velocity</p>
<ul>${lines}</ul>
<p>Nothing that is given the start in float32 can be expected to come below the simulator's line.</p>`;
}

/** Lines that fall far below those of networks and guesses end on the axis. */
const LOWEST = 1e-4;

/** Lines of networks and, drawn behind, others to compare with; the axis reaches down as far as networks do. */
function timeChart(title: string, yLabel: string, networks: readonly Series[], others: readonly Series[]): Html {
  const valuesOf = (lines: readonly Series[]): number[] =>
    lines.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => y > 0 && Number.isFinite(y));
  const all = valuesOf([...networks, ...others]);
  const yDomain = [Math.min(LOWEST, ...valuesOf(networks)), Math.max(2 * LOWEST, ...all)] as const;
  return lineChart({ title, xLabel: 'time', yLabel, yScale: 'log', yDomain, series: [...networks, ...others] });
}

/** The lines of runs: one value a step. */
const runSeries = (runs: readonly RolledRun[], value: (step: StepErrors) => number | undefined): Series[] =>
  runs.flatMap(({ name, steps }, k) => {
    const points = steps.flatMap((step) => {
      const y = value(step);
      return y === undefined ? [] : [[step.time, y] as const];
    });
    return points.length === 0 ? [] : [{ name, points, className: runClass(k), dots: true }];
  });

function errorChart({ runs, straightLine, limit }: LongPredictions): Html {
  const guess: Series = {
    name: 'straight line',
    className: 'baseline',
    points: straightLine.map(({ time, meanSquaredError }) => [time, meanSquaredError]),
  };
  const simulator: Series[] = limit
    ? [
        {
          name: 'simulator from float32: the limit',
          className: 'minus',
          points: limit.times.map((time, k) => [time, limit.meanSquaredError[k]]),
        },
      ]
    : [];
  const networks = runSeries(runs, ({ network }) => network.meanSquaredError);
  return timeChart('Error against time', 'mean squared error', networks, [guess, ...simulator]);
}

const DRIFTS = [
  { title: 'Energy, distance from the start', of: ({ energy }: StepErrors): Drift | undefined => energy },
  { title: 'Total momentum, distance from the start', of: ({ momentum }: StepErrors): Drift | undefined => momentum },
];

/** How far energy and momentum go, where they are known. */
const driftCharts = (runs: readonly RolledRun[]): Html[] =>
  DRIFTS.flatMap(({ title, of }) => {
    const networks = runSeries(runs, (step) => of(step)?.network);
    const [truth] = runSeries(runs, (step) => of(step)?.truth);
    if (!truth) return [];
    const stored = { name: 'trajectories', points: truth.points, className: 'baseline' };
    return [timeChart(title, 'median over systems', networks, [stored])];
  });

/** What the trajectories themselves keep. */
function truthWords(rolled: readonly RolledRun[]): string {
  const last = rolled.at(0)?.steps.at(-1);
  if (!last?.energy || !last.momentum) return '';
  return (
    `In the trajectories themselves energy has moved by ${formatNumber(last.energy.truth, 2)} at the end, ` +
    `total momentum by ${formatNumber(last.momentum.truth, 2)} (medians over systems). `
  );
}

function stepTable({ runs, straightLine, limit }: LongPredictions): Html {
  const rolled = runs.filter(({ steps }) => steps.length > 0);
  const limitAt = (time: number): number | undefined => {
    const at = limit?.times.findIndex((other) => Math.abs(other - time) < 1e-9 * time) ?? -1;
    return at < 0 ? undefined : limit?.meanSquaredError[at];
  };
  return table(straightLine, [
    { name: 'Time', text: true, cell: ({ time }) => plain(time) },
    ...rolled.flatMap(({ name, steps }) => {
      const errorsAt = (time: number) => steps.find((step) => step.time === time)?.network;
      return [
        { name: `${name}: MSE`, cell: ({ time }: { time: number }) => formatNumber(errorsAt(time)?.meanSquaredError) },
        { name: 'mean distance', cell: ({ time }: { time: number }) => formatNumber(errorsAt(time)?.meanDistance) },
      ];
    }),
    { name: 'Straight line: MSE', cell: ({ meanSquaredError }) => formatNumber(meanSquaredError) },
    { name: 'mean distance', cell: ({ meanDistance }) => formatNumber(meanDistance) },
    ...(limit
      ? [{ name: 'From float32: MSE', cell: ({ time }: { time: number }) => formatNumber(limitAt(time)) }]
      : []),
  ]);
}
