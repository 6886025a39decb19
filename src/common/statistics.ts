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
