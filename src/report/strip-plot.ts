import { PLOT, px } from './axes.js';
import { formatNumber } from './format.js';
import { type Html, html, type Piece } from './html.js';
import { extent, linearScale, logScale, type Scale } from './scale.js';

/** A line of a strip plot: numbers of one kind. */
export interface Strip {
  readonly name: string;
  readonly points: readonly { readonly label: string; readonly value: number }[];
  /** Marked by a stroke across. */
  readonly mean: number | null;
  /** CSS class that gives the colour: `series-0` … `series-5`, or `baseline`. */
  readonly className: string;
}

export interface StripPlot {
  readonly title: string;
  readonly xLabel: string;
  readonly strips: readonly Strip[];
}

const { width: WIDTH } = PLOT;
const [LEFT, RIGHT] = [20, WIDTH - 20];
const STRIP = 40;
const AXIS = 40;

/** CSS for pages with strip plots. */
export const stripStyles = `
.strips text.of { fill: var(--ink); }
.strips .extent { stroke: var(--colour); stroke-width: 5; stroke-opacity: 0.22; stroke-linecap: round; }
.strips circle { fill: var(--colour); fill-opacity: 0.75; }
.strips .mean { stroke: var(--colour); stroke-width: 2.4; }
`;

/**
 * A strip for each kind with a dot for each number, all on one axis: logarithmic where the numbers are positive and differ
 * by more than a factor of ten.
 */
export function stripPlot({ title, xLabel, strips }: StripPlot): Html {
  const [low, high] = extent(strips.flatMap(({ points }) => points.map(({ value }) => value)));
  const range = [LEFT, RIGHT] as const;
  const x = low > 0 && high > 10 * low ? logScale([low, high], range) : linearScale([low, high], range, { nice: true });
  const height = strips.length * STRIP + AXIS;
  return html`<figure class="strips">
<figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">${xAxis(x, xLabel, height)}
${strips.map((strip, k) => stripMarkup(strip, x, k * STRIP))}</svg>
</figure>`;
}

function xAxis(x: Scale, label: string, height: number): Piece {
  const bottom = height - AXIS;
  const ticks = x.ticks.map((tick) => {
    const at = px(x.at(tick));
    return html`<line x1="${at}" x2="${at}" y1="4" y2="${bottom}"/><text x="${at}" y="${bottom + 16}" text-anchor="middle">${Number(tick.toPrecision(6))}</text>`;
  });
  return html`<g class="axes">${ticks}<text class="name" x="${WIDTH / 2}" y="${height - 6}" text-anchor="middle">${label}</text></g>`;
}

function stripMarkup({ name, points, mean, className }: Strip, x: Scale, top: number): Html {
  const y = top + 28;
  const [low, high] = extent(points.map(({ value }) => value));
  const across = mean === null ? null : px(x.at(mean));
  return html`<g class="${className}"><text class="of" x="${LEFT}" y="${top + 15}">${name}</text>
${points.length > 1 && html`<line class="extent" x1="${px(x.at(low))}" x2="${px(x.at(high))}" y1="${y}" y2="${y}"/>`}
${across !== null && html`<line class="mean" x1="${across}" x2="${across}" y1="${y - 8}" y2="${y + 8}"><title>mean ${formatNumber(mean, 4)}</title></line>`}
${points.map(({ label, value }) => html`<circle cx="${px(x.at(value))}" cy="${y}" r="4.5"><title>${label}: ${formatNumber(value, 4)}</title></circle>`)}</g>`;
}
