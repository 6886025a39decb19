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
