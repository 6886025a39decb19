/** The mean; NaN of no numbers. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}

/** The value below which a share of the numbers lies, between two of them on the line that joins them; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below === undefined ? Number.NaN : below + (above - below) * (place - Math.floor(place));
}

/** The middle of the numbers in their order, or the mean of the two middle ones; NaN of no numbers. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/** How numbers lie about their mean. */
export interface Spread {
  readonly mean: number;
  /** The standard deviation that a sample speaks for (n − 1 in the denominator); null of one number. */
  readonly deviation: number | null;
  readonly min: number;
  readonly max: number;
}

/** Mean and spread; null of no numbers. */
export function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null;
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return { mean: middle, deviation, min, max };
}
