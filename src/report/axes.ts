import { formatNumber } from './format.js';
import { type Html, html, jsonIsland, type Piece, withScript } from './html.js';
import { readoutScript } from './readout-script.js';
import type { Scale } from './scale.js';

/**
 * The size of a chart and of the part of it that data is drawn in, in the unit of its SVG. `margin` is left of 0, for the
 * name of the y axis, clear of the longest tick.
 */
export const PLOT = { width: 480, height: 280, margin: 20, left: 58, right: 468, top: 10, bottom: 240 } as const;

/** A coordinate with one digit after the point, as fine as anyone sees. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

/** What is drawn of data, cut off where it leaves the axes. */
export function clipped(content: Piece): Html {
  const { left, right, top, bottom } = PLOT;
  const box = `${left} ${top - 4} ${right - left + 4} ${bottom - top + 4}`;
  const [x, y, width, height] = box.split(' ');
  return html`<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${box}">${content}</svg>`;
}

/** Grid, ticks and names of both axes. */
export function axes(x: Scale, y: Scale, xLabel: string, yLabel: string): Html {
  const { left, right, top, bottom } = PLOT;
  return html`<g class="axes">
${y.ticks.map((tick) => html`<line x1="${left}" x2="${right}" y1="${px(y.at(tick))}" y2="${px(y.at(tick))}"/><text x="${left - 7}" y="${px(y.at(tick) + 4)}" text-anchor="end">${formatTick(tick)}</text>`)}
${x.ticks.map((tick) => html`<line class="tick" x1="${px(x.at(tick))}" x2="${px(x.at(tick))}" y1="${bottom}" y2="${bottom + 4}"/><text x="${px(x.at(tick))}" y="${bottom + 17}" text-anchor="middle">${formatTick(tick)}</text>`)}
<text class="name" x="${(left + right) / 2}" y="${PLOT.height - 4}" text-anchor="middle">${xLabel}</text>
<text class="name" transform="translate(${12 - PLOT.margin} ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text>
</g>`;
}

/** A tick is a round number: no digits but those that it has, and of a power of ten the power alone. */
const formatTick = (tick: number): string =>
  formatNumber(tick, Math.max(1, tick.toExponential().split('e')[0].replace(/\D/g, '').length)).replace(/^1 × /, '');

/** A row of what is said about a place on the x axis: its place, and texts such as `epoch 5`, `train 0.012`. */
export type ReadoutRow = readonly [place: number, ...texts: string[]];

/** What every chart is made of. */
export interface ChartParts {
  readonly title: string;
  readonly legend: Piece;
  /** The content of the SVG. */
  readonly drawing: Piece;
  /** What can be read under the pointer, in the order of the axis. */
  readonly readout: readonly ReadoutRow[];
}

/** A chart with its title, legend and a line below it with the numbers under the pointer. */
export function chartFigure({ title, legend, drawing, readout }: ChartParts): Html {
  const { width, height, margin, top, bottom } = PLOT;
  const figure = html`<figure class="chart">
<figcaption>${title}</figcaption>
<ul class="legend">${legend}</ul>
<svg viewBox="${-margin} 0 ${width + margin} ${height}" role="img" aria-label="${title}" tabindex="0">${drawing}
<line class="cursor" x1="0" x2="0" y1="${top}" y2="${bottom}"/></svg>
<output class="readout">Hover over the chart to read values.</output>
${jsonIsland(readout)}
</figure>`;
  return withScript(figure, readoutScript);
}

/** An entry of a legend; `kind` says how its sample looks. */
export const legendItem = (name: string, className: string, kind: 'line' | 'area' | 'dot' | 'dash' | 'ring'): Html =>
  html`<li><span class="sample ${kind} ${className}"></span>${name}</li>`;
