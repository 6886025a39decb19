import { axes, chartFigure, clipped, PLOT, px, type ReadoutRow } from './axes.js';
import { formatNumber } from './format.js';
import { type Html, html } from './html.js';
import { extent, linearScale } from './scale.js';

/** Numbers beside what they should be. */
export interface ParityPlot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** CSS class that gives the colour: `series-0` … `series-5`. */
  readonly className: string;
}

/** CSS for pages with parity plots. */
export const parityStyles = `
.points { stroke: var(--colour); stroke-width: 3.2; stroke-linecap: round; stroke-opacity: 0.45; fill: none; }
.diagonal { stroke: var(--base); stroke-width: 1.2; stroke-dasharray: 6 4; }
`;

/** Places on the axis that the numbers under the pointer are told at. */
const READ = 60;

/** A dot for every pair of numbers, and the line where both are the same. Pairs that are not finite are left out. */
export function parityPlot({ title, xLabel, yLabel, x, y, className }: ParityPlot): Html {
  const places = Array.from({ length: x.length }, (_, k) => k).filter(
    (k) => Number.isFinite(x[k]) && Number.isFinite(y[k]),
  );
  const domain = extent(places.flatMap((k) => [x[k], y[k]]));
  const across = linearScale(domain, [PLOT.left, PLOT.right], { nice: true });
  const up = linearScale(domain, [PLOT.bottom, PLOT.top], { nice: true });
  const dots = places.map((k) => `M${px(across.at(x[k]))},${px(up.at(y[k]))}h0`).join('');
  const drawing = [
    axes(across, up, xLabel, yLabel),
    clipped([
      html`<line class="diagonal" x1="${PLOT.left}" y1="${PLOT.bottom}" x2="${PLOT.right}" y2="${PLOT.top}"/>`,
      html`<path class="points ${className}" d="${dots}"/>`,
    ]),
  ];
  const readout = [...places]
    .sort((a, b) => x[a] - x[b])
    .filter((_, k, { length }) => length <= READ || k % Math.ceil(length / READ) === 0)
    .map(
      (k): ReadoutRow => [
        Number(px(across.at(x[k]))),
        `${xLabel} ${formatNumber(x[k], 5)}`,
        `${yLabel} ${formatNumber(y[k], 5)}`,
      ],
    );
  return chartFigure({ title, legend: null, drawing, readout });
}
