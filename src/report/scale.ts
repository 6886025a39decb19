/** A mapping from data to places on a chart. */
export interface Scale {
  /** Ends of the axis in the data's unit; they include all data. */
  readonly domain: readonly [number, number];
  /** Where grid lines and labels go, in the data's unit, rising. */
  readonly ticks: readonly number[];
  /** From the data's unit to a place on the chart. */
  at(value: number): number;
}

type Interval = readonly [number, number];

/**
 * A scale of equal steps of 1, 2 or 5 times a power of ten, of `whole` numbers none below 1; the axis ends at the data, or at
 * ticks if `nice`.
 */
export function linearScale(
  [low, high]: Interval,
  range: Interval,
  options: { count?: number; nice?: boolean; whole?: boolean } = {},
): Scale {
  const { count = 5, nice = false, whole = false } = options;
  const width = high > low ? high - low : Math.abs(low) || 1;
  const [from, to] = high > low ? [low, high] : [low, low + width];
  const step = Math.max(roundStep(width / count), whole ? 1 : 0);
  const [first, last] = nice
    ? [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)]
    : [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  const domain: Interval = nice ? [ticks[0], ticks[ticks.length - 1]] : [from, to];
  return { domain, ticks, at: (value) => interpolate((value - domain[0]) / (domain[1] - domain[0]), range) };
}

/** The round number (1, 2 or 5 times a power of ten) next above a step. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((factor) => factor * power >= step * (1 - 1e-9)) ?? 10);
}

/**
 * A logarithmic scale that ends at 1, 2 or 5 times a power of ten; labels at all of these, or at powers of ten alone
 * where there are many. Values of 0 and below are put at the lower end.
 */
export function logScale([low, high]: Interval, range: Interval): Scale {
  const [bottom, top] = low > 0 && high >= low ? [low, high] : [high > 0 ? high / 10 : 1e-3, high > 0 ? high : 1];
  const steps = roundNumbers(Math.floor(Math.log10(bottom)), Math.ceil(Math.log10(top)) + 1);
  const first = steps.findLastIndex((value) => value <= bottom * (1 + 1e-9));
  const last = Math.max(
    first + 1,
    steps.findIndex((value) => value >= top * (1 - 1e-9)),
  );
  const all = steps.slice(first, last + 1);
  const powers = all.filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6));
  const domain: Interval = [all[0], all[all.length - 1]];
  const width = Math.log(domain[1] / domain[0]);
  return {
    domain,
    ticks: all.length > 8 && powers.length > 1 ? powers : all,
    at: (value) => interpolate(Math.log(Math.max(value, domain[0]) / domain[0]) / width, range),
  };
}

/** 1, 2 and 5 times the powers of ten from one to another. */
function roundNumbers(from: number, to: number): number[] {
  const powers = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  return powers.flatMap((power) => [1, 2, 5].map((factor) => Number(`${factor}e${power}`)));
}

const interpolate = (t: number, [from, to]: Interval): number => from + t * (to - from);

/** The smallest and the largest of some numbers, those that are not finite left out; [0, 1] if there are none. */
export function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
