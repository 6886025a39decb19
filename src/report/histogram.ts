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
}

/** Bins of equal width on a logarithmic axis, and the share of each sample that lies in each. */
export interface Bins {
  /** bins + 1 values, rising. */
  readonly edges: readonly number[];
  /** [sample][bin]; values of 0 and below are in the first bin. */
  readonly shares: readonly (readonly number[])[];
}

/** Counts samples into bins between two positive ends. */
export function logBins(
  samples: readonly ArrayLike<number>[],
  [low, high]: readonly [number, number],
  bins: number,
): Bins {
  const width = Math.log(high / low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, k) => low * Math.exp(k * width));
  const shares = samples.map((values) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of Array.from(values)) {
      const bin = Math.floor(Math.log(Math.max(value, low) / low) / width);
      counts[Math.min(bins - 1, bin)] += 1 / values.length;
    }
    return counts;
  });
  return { edges, shares };
}

/** How positive numbers are distributed: outlines over a common logarithmic axis. */
export function histogram({ title, xLabel, counted, samples, bins = 40 }: Histogram): Html {
  const values = samples.flatMap((sample) => Array.from(sample.values).filter((value) => value > 0));
  const { left, right, top, bottom } = PLOT;
  const x = logScale(extent(values), [left, right]);
  const distribution = logBins(
    samples.map((sample) => sample.values),
    x.domain,
    bins,
  );
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
    readout: readout(samples, distribution, x),
  });
}

/** Steps along the tops of the bins, closed along the axis. */
function outline(edges: readonly number[], shares: readonly number[], x: Scale, y: Scale): string {
  const steps = shares.map((share, k) => `V${px(y.at(100 * share))}H${px(x.at(edges[k + 1]))}`);
  return `M${px(x.at(edges[0]))},${px(y.at(0))}${steps.join('')}V${px(y.at(0))}Z`;
}

function readout(samples: readonly Sample[], { edges, shares }: Bins, x: Scale): ReadoutRow[] {
  return edges.slice(0, -1).map((edge, bin) => {
    const middle = (x.at(edge) + x.at(edges[bin + 1])) / 2;
    const texts = samples.map(({ name }, k) => `${name} ${formatNumber(100 * shares[k][bin], 2)} %`);
    return [Number(px(middle)), `${formatNumber(edge, 2)} to ${formatNumber(edges[bin + 1], 2)}`, ...texts];
  });
}
