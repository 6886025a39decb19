import 'uplot/dist/uPlot.min.css';
import type { EpochMetrics } from 'clofnet/training';
import uPlot from 'uplot';
import { short } from '../bodies/numbers.js';
import { element } from '../shell/dom.js';

const HEIGHT = 260;

/** How the curves look: the colours are variables of the style sheet. */
const CURVES: readonly (Pick<uPlot.Series, 'label' | 'width' | 'dash'> & { readonly colour: string })[] = [
  { label: 'Training', colour: 'accent', width: 1.5 },
  { label: 'Validation', colour: 'predicted', width: 2.5 },
  { label: 'Straight line', colour: 'straight', width: 2, dash: [6, 5] },
];

/** The mean squared errors over the epochs, on a logarithmic scale. */
export class LossChart {
  readonly root: HTMLElement;
  readonly #place = element('div', { class: 'chart', role: 'img', 'data-testid': 'chart' });
  readonly #empty = element('p', { class: 'note empty' }, ['The errors appear here while the network learns.']);
  #plot: uPlot | undefined;
  #metrics: EpochMetrics[] = [];
  #line = Number.NaN;
  #next = 0;

  constructor() {
    const title = element('h2', {}, ['Mean squared error']);
    this.root = element('div', { class: 'card' }, [title, this.#empty, this.#place]);
    new ResizeObserver(() => this.#resize()).observe(this.#place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** Starts a new curve. @param straightLine the error of the straight line */
  clear(straightLine: number): void {
    cancelAnimationFrame(this.#next);
    this.#metrics = [];
    this.#line = straightLine;
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#empty.hidden = false;
  }

  add(metrics: EpochMetrics): void {
    this.#metrics.push(metrics);
    this.#empty.hidden = true;
    this.#drawSoon();
    const { epoch, valid = Number.NaN } = metrics;
    const text = `Validation error ${short(valid)} after epoch ${epoch}; straight line ${short(this.#line)}`;
    this.#place.setAttribute('aria-label', text);
  }

  /** Draws before the next frame, however many epochs come until then. */
  #drawSoon(): void {
    cancelAnimationFrame(this.#next);
    this.#next = requestAnimationFrame(() => {
      if (this.#plot) this.#plot.setData(this.#data());
      else this.#draw();
    });
  }

  /** Fits the place, which may have been hidden. */
  #resize(): void {
    const width = this.#place.clientWidth;
    if (width > 0 && this.#plot && this.#plot.width !== width) this.#plot.setSize({ width, height: HEIGHT });
  }

  #data(): uPlot.AlignedData {
    const epochs = this.#metrics.map(({ epoch }) => epoch);
    return [
      [0, ...epochs],
      [null, ...this.#metrics.map(({ train }) => train)],
      [null, ...this.#metrics.map(({ valid }) => valid ?? null)],
      [this.#line, ...epochs.map(() => this.#line)],
    ];
  }

  /** Draws all anew, in the colours of now. */
  #draw(): void {
    this.#plot?.destroy();
    if (this.#metrics.length === 0) return;
    const width = Math.max(200, this.#place.clientWidth);
    this.#plot = new uPlot({ ...optionsIn(this.#place), width, height: HEIGHT }, this.#data(), this.#place);
  }
}

function optionsIn(place: HTMLElement): Omit<uPlot.Options, 'width' | 'height'> {
  const colour = coloursAt(place);
  const axis = {
    stroke: colour('faint'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { stroke: colour('line') },
  };
  const value = (_: uPlot, x: number | null): string => (x === null ? '–' : short(x));
  return {
    scales: { x: { time: false, range: (_, __, max) => [0, Math.max(5, max)] }, y: { distr: 3, range: around } },
    axes: [
      { ...axis, label: 'Epoch', labelSize: 20, size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
      {
        ...axis,
        size: 58,
        splits: (_, __, min, max) => rounds(min, max),
        values: (_, splits) => splits.map((x) => (x === null ? '' : short(x))),
      },
    ],
    series: [
      { label: 'Epoch' },
      ...CURVES.map(({ colour: own, ...curve }) => ({ ...curve, stroke: colour(own), value, points: { show: false } })),
    ],
    cursor: { drag: { x: false, y: false } },
  };
}

/** Round numbers from the lowest to the highest, evenly spread on a logarithmic scale. */
function rounds(min: number, max: number): number[] {
  const [first, last] = [min, max].map((x) => Math.floor(Math.log10(x)));
  const decades = Array.from({ length: last - first + 1 }, (_, k) => 10 ** (first + k));
  const digits = decades.length > 3 ? [1] : [1, 2, 5];
  return decades.flatMap((ten) => digits.map((digit) => digit * ten)).filter((x) => x >= min && x <= max);
}

/** A little more than what there is. */
const around = (_: uPlot, min: number | null, max: number | null): [number, number] => [
  (min ?? 0.001) / 1.3,
  (max ?? 1) * 1.3,
];

/** Colours by the names of their variables. A probe resolves `light-dark()`, which a variable alone does not. */
function coloursAt(place: HTMLElement): (name: string) => string {
  return (name) => {
    const probe = element('span', { style: `color: var(--${name})` });
    place.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
