import { axes, chartFigure, clipped, legendItem, PLOT, px, type ReadoutRow } from './axes.js';
import { formatCount, formatNumber } from './format.js';
import { type Html, html } from './html.js';
import { extent, linearScale, logScale, type Scale } from './scale.js';

/** One line of a chart. */
export interface Series {
  /** Lines of one name are one in the legend, and read one after the other. */
  readonly name: string;
  /** [x, y], x rising. */
  readonly points: readonly (readonly [number, number])[];
  /** CSS class that gives the colour: `series-0` … `series-5`, or `baseline`; with `dashed` or `dotted` the stroke. */
  readonly className: string;
  /** Points are marked by dots and joined by a thin line. */
  readonly dots?: boolean;
}

/** A horizontal line to compare with. */
export interface Reference {
  readonly name: string;
  readonly y: number;
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  readonly references?: readonly Reference[];
  readonly xScale?: 'linear' | 'log';
  readonly yScale?: 'linear' | 'log';
  /** Lowest and highest y to show; from the data by default. What lies beyond is cut off. */
  readonly yDomain?: readonly [number, number];
}

/** The x and y scales of a chart. */
export function lineChartScales({ series, references = [], xScale, yScale = 'linear', yDomain }: LineChart): {
  x: Scale;
  y: Scale;
} {
  const points = series.flatMap((line) => line.points);
  const values = [...points.map(([, y]) => y), ...references.map(({ y }) => y)];
  const xs = points.map(([x]) => x);
  const whole = xs.every(Number.isInteger);
  const positive = yScale === 'log' ? values.filter((value) => value > 0) : values;
  const { left, right, top, bottom } = PLOT;
  return {
    x:
      xScale === 'log'
        ? logScale(extent(xs), [left, right])
        : linearScale(extent(xs), [left, right], { count: 6, whole }),
    y: (yScale === 'log' ? logScale : niceScale)(yDomain ?? extent(positive), [bottom, top]),
  };
}

const niceScale = (domain: readonly [number, number], range: readonly [number, number]): Scale =>
  linearScale(domain, range, { nice: true });

/** Lines over a common axis. Numbers that are not finite are left out. */
export function lineChart(chart: LineChart): Html {
  const { title, xLabel, yLabel, series, references = [] } = chart;
  const { x, y } = lineChartScales(chart);
  const named = series.filter(({ name }, k) => series.findIndex((other) => other.name === name) === k);
  const legend = [
    ...named.map(({ name, className, dots }) => legendItem(name, className, dots ? 'dot' : 'line')),
    ...references.map(({ name }) => legendItem(name, 'baseline', 'dash')),
  ];
  const drawing = [
    axes(x, y, xLabel, yLabel),
    clipped([references.map((reference) => horizontal(reference, y)), series.map((line) => seriesMarkup(line, x, y))]),
  ];
  return chartFigure({ title, legend, drawing, readout: readout(chart, x) });
}

function horizontal({ name, y: value }: Reference, y: Scale): Html {
  const at = px(y.at(value));
  return html`<line class="reference baseline" x1="${PLOT.left}" x2="${PLOT.right}" y1="${at}" y2="${at}"><title>${name}: ${formatNumber(value)}</title></line>`;
}

function seriesMarkup({ points, className, dots }: Series, x: Scale, y: Scale): Html {
  const places = points
    .filter(([, value]) => Number.isFinite(value))
    .map(([at, value]) => `${px(x.at(at))},${px(y.at(value))}`);
  const circles = places.map((place) => {
    const [cx, cy] = place.split(',');
    return html`<circle cx="${cx}" cy="${cy}" r="2.6"/>`;
  });
  return html`<g class="line ${className}${dots ? ' dots' : ''}"><polyline points="${places.join(' ')}"/>${dots || places.length === 1 ? circles : null}</g>`;
}

/** For every x: the number of each line there, or the last one before. */
function readout({ series, xLabel }: LineChart, x: Scale): ReadoutRow[] {
  const places = new Set(series.flatMap(({ points }) => points.map(([at]) => at)));
  return [...places]
    .sort((a, b) => a - b)
    .map((at) => {
      const texts = new Map<string, string[]>();
      for (const { name, points } of series) {
        const last = points.findLast(([other]) => other <= at);
        if (!last) continue;
        const place = last[0] === at ? '' : ` (${xLabel} ${formatCount(last[0])})`;
        texts.set(name, [...(texts.get(name) ?? []), `${formatNumber(last[1])}${place}`]);
      }
      const said = [...texts].map(([name, values]) => `${name} ${values.join(', ')}`);
      return [Number(px(x.at(at))), `${xLabel} ${formatCount(at)}`, ...said];
    });
}
