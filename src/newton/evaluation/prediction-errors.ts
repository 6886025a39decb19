/** How far predictions are from what happened. */
export interface PredictionErrors {
  /** Mean over all coordinates of the squared difference: the published measure. */
  readonly meanSquaredError: number;
  /** Mean over bodies of the distance to where they are. */
  readonly meanDistance: number;
}

/**
 * Compares predicted with true positions, both [bodies, 3] one after the other.
 * @throws RangeError for lists of different lengths
 */
export function predictionErrors(predicted: Float32Array, targets: Float32Array): PredictionErrors {
  if (predicted.length !== targets.length || targets.length === 0)
    throw new RangeError(`${predicted.length} predicted coordinates for ${targets.length} true ones`);
  let [squares, distances] = [0, 0];
  for (let k = 0; k < targets.length; k += 3) {
    const square =
      (predicted[k] - targets[k]) ** 2 +
      (predicted[k + 1] - targets[k + 1]) ** 2 +
      (predicted[k + 2] - targets[k + 2]) ** 2;
    squares += square;
    distances += Math.sqrt(square);
  }
  return { meanSquaredError: squares / targets.length, meanDistance: distances / (targets.length / 3) };
}

/** How much of a mean squared error a few systems make. */
export interface WorstShare {
  /** How many of the systems. */
  readonly systems: number;
  /** Their part of the sum of all squared errors, from 0 to 1. */
  readonly share: number;
}

/**
 * The part of the squared error that the worst systems make: close encounters, as a rule.
 * @param sizes the number of bodies of each system
 * @param worst the share of systems that count as the worst; at least one does
 */
export function worstShare(
  predicted: Float32Array,
  targets: Float32Array,
  sizes: readonly number[],
  worst = 0.01,
): WorstShare {
  let at = 0;
  const squares = Float64Array.from(sizes, (bodies) => {
    let square = 0;
    for (const end = at + 3 * bodies; at < end; at++) square += (predicted[at] - targets[at]) ** 2;
    return square;
  });
  squares.sort().reverse();
  const systems = Math.max(1, Math.round(worst * squares.length));
  const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);
  return { systems, share: sum(squares.subarray(0, systems)) / (sum(squares) || 1) };
}
