import { axes, chartFigure, legendItem, PLOT, px, type ReadoutRow } from './axes.js';
import { formatNumber } from './format.js';
import { type Html, html } from './html.js';
import { extent, linearScale, logScale, type Scale } from './scale.js';

/** One distribution. */
export interface Sample {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** CSS class that gives the colour: `series-0` … `series-5`, or `baseline`. */
  readonly className: string;
}

export interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  /** What is counted: the y axis is `% of …`. */
  readonly counted: string;
  readonly samples: readonly Sample[];
  /** Number of bins, 40 by default. */
  readonly bins?: number;
  /** By default `log`, for positive numbers. */
  readonly xScale?: 'log' | 'linear';
  /** Ends of the axis; from the data by default. What lies beyond is counted in the outer bins. */
  readonly xDomain?: readonly [number, number];
}

/** Bins, and the share of each sample that lies in each. */
export interface Bins {
  /** bins + 1 values, rising. */
  readonly edges: readonly number[];
  /** [sample][bin]; values beyond the edges are in the outer bins. */
  readonly shares: readonly (readonly number[])[];
}

type Interval = readonly [number, number];

/** Counts samples into bins of equal ratio between two positive ends. */
export const logBins = (samples: readonly ArrayLike<number>[], [low, high]: Interval, bins: number): Bins =>
  countInto(
    samples,
    bins,
    (value) => Math.log(Math.max(value, low) / low) / Math.log(high / low),
    (share) => low * Math.exp(share * Math.log(high / low)),
  );

/** Counts samples into bins of equal width between two ends. */
export const linearBins = (samples: readonly ArrayLike<number>[], [low, high]: Interval, bins: number): Bins =>
  countInto(
    samples,
    bins,
    (value) => (value - low) / (high - low),
    (share) => low + share * (high - low),
  );

/** @param placeOf where a value lies between the ends, from 0 to 1; `valueAt` is its inverse */
function countInto(
  samples: readonly ArrayLike<number>[],
  bins: number,
  placeOf: (value: number) => number,
  valueAt: (place: number) => number,
): Bins {
  const edges = Array.from({ length: bins + 1 }, (_, k) => valueAt(k / bins));
  const shares = samples.map((values) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of Array.from(values)) {
      const bin = Math.floor(bins * placeOf(value));
      counts[Math.max(0, Math.min(bins - 1, bin))] += 1 / values.length;
    }
    return counts;
  });
  return { edges, shares };
}

/** How numbers are distributed: outlines over a common axis. */
export function histogram(chart: Histogram): Html {
  const { title, xLabel, counted, samples } = chart;
  const { top, bottom } = PLOT;
  const { x, distribution } = distributed(chart);
  const most = Math.max(0, ...distribution.shares.flat());
  const y = linearScale([0, 100 * (most || 1)], [bottom, top], { nice: true });
  const outlines = samples.map(
    ({ className }, k) =>
      html`<path class="outline ${className}" d="${outline(distribution.edges, distribution.shares[k], x, y)}"/>`,
  );
  return chartFigure({
    title,
    legend: samples.map(({ name, className }) => legendItem(name, className, 'area')),
    drawing: [axes(x, y, xLabel, `% of ${counted}`), outlines],
    readout: readout(samples, distribution, x, chart.xScale === 'linear' ? 3 : 2),
  });
}

/** The axis and the bins of a histogram. */
function distributed({ samples, bins = 40, xScale = 'log', xDomain }: Histogram): { x: Scale; distribution: Bins } {
  const isShown = (value: number): boolean => xScale === 'linear' || value > 0;
  const domain = xDomain ?? extent(samples.flatMap(({ values }) => Array.from(values).filter(isShown)));
  const range: Interval = [PLOT.left, PLOT.right];
  const x = xScale === 'log' ? logScale(domain, range) : linearScale(domain, range, { count: 6 });
  const count = xScale === 'log' ? logBins : linearBins;
  const values = samples.map((sample) => sample.values);
  return { x, distribution: count(values, x.domain, bins) };
}

/** Steps along the tops of the bins, closed along the axis. */
function outline(edges: readonly number[], shares: readonly number[], x: Scale, y: Scale): string {
  const steps = shares.map((share, k) => `V${px(y.at(100 * share))}H${px(x.at(edges[k + 1]))}`);
  return `M${px(x.at(edges[0]))},${px(y.at(0))}${steps.join('')}V${px(y.at(0))}Z`;
}

function readout(samples: readonly Sample[], { edges, shares }: Bins, x: Scale, digits: number): ReadoutRow[] {
  return edges.slice(0, -1).map((edge, bin) => {
    const middle = (x.at(edge) + x.at(edges[bin + 1])) / 2;
    const texts = samples.map(({ name }, k) => `${name} ${formatNumber(100 * shares[k][bin], 2)} %`);
    return [Number(px(middle)), `${formatNumber(edge, digits)} to ${formatNumber(edges[bin + 1], digits)}`, ...texts];
  });
}
