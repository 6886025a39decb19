import { predictionErrors } from '../evaluation/prediction-errors.js';
import type { ReportSystem } from './report-types.js';
import type { TestSystems } from './test-systems.node.js';

/** What one run, or a guess, predicts for a whole test set. */
export interface NamedPredictions {
  readonly name: string;
  /** [bodies, 3] */
  readonly predicted: Float32Array;
}

/**
 * Takes test systems that show how good and how bad the first prediction gets: at equal distances in the order of its
 * error, the best predicted one first.
 */
export function chooseSystems(
  { seen: [{ sizes, charges, positions }], targets, path }: TestSystems,
  predictions: readonly NamedPredictions[],
  count: number,
): ReportSystem[] {
  const starts = [0];
  for (const size of sizes) starts.push(starts[starts.length - 1] + size);
  const of = (values: Float32Array, system: number, width = 3): Float32Array =>
    values.slice(width * starts[system], width * (starts[system] + sizes[system]));
  const errorOf = ({ predicted }: NamedPredictions, system: number): number =>
    predictionErrors(of(predicted, system), of(targets, system)).meanSquaredError;
  const [first] = predictions;
  const errors = sizes.map((_, system) => errorOf(first, system));
  const order = errors.map((_, system) => system).sort((a, b) => errors[a] - errors[b]);
  return spread(sizes.length, count).map((rank) => {
    const system = order[rank];
    return {
      label: `Test system ${system}`,
      charges: of(charges, system, 1),
      start: of(positions, system),
      truth: of(targets, system),
      path: path(system),
      predictions: predictions.map((prediction) => ({
        name: prediction.name,
        positions: of(prediction.predicted, system),
        error: errorOf(prediction, system),
      })),
    };
  });
}

/** So many ranks of `total`, in the middles of equal parts. */
function spread(total: number, count: number): number[] {
  const parts = Math.min(total, count);
  return Array.from({ length: parts }, (_, k) => Math.floor(((k + 0.5) * total) / parts));
}
