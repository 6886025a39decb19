import { type SnapshotPairs, snapshotPairs } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { predictionErrors } from '../evaluation/prediction-errors.js';
import type { ReportSystem } from './report-types.js';

/** What one run, or a guess, predicts for a whole test set. */
export interface NamedPredictions {
  readonly name: string;
  /** [trajectory, body, 3] */
  readonly predicted: Float32Array;
}

/**
 * Takes test systems that show how good and how bad the first prediction gets: at equal distances in the order of its
 * error, the best predicted one first.
 */
export function chooseSystems(
  set: TrajectorySet,
  pairs: SnapshotPairs,
  choice: { readonly input: number; readonly target: number },
  predictions: readonly NamedPredictions[],
  count: number,
): ReportSystem[] {
  const of = (values: Float32Array, trajectory: number, width: number): Float32Array =>
    values.slice(trajectory * pairs.bodies * width, (trajectory + 1) * pairs.bodies * width);
  const errorOf = ({ predicted }: NamedPredictions, trajectory: number): number =>
    predictionErrors(of(predicted, trajectory, 3), of(pairs.targets, trajectory, 3)).meanSquaredError;
  const [first] = predictions;
  const errors = Array.from({ length: pairs.count }, (_, trajectory) => errorOf(first, trajectory));
  const order = errors.map((_, trajectory) => trajectory).sort((a, b) => errors[a] - errors[b]);
  return spread(pairs.count, count).map((rank) => {
    const trajectory = order[rank];
    return {
      label: `Test system ${trajectory}`,
      charges: of(pairs.charges, trajectory, 1),
      start: of(pairs.positions, trajectory, 3),
      truth: of(pairs.targets, trajectory, 3),
      path: pathOf(set, trajectory, choice),
      predictions: predictions.map((prediction) => ({
        name: prediction.name,
        positions: of(prediction.predicted, trajectory, 3),
        error: errorOf(prediction, trajectory),
      })),
    };
  });
}

/** So many ranks of `total`, in the middles of equal parts. */
function spread(total: number, count: number): number[] {
  const parts = Math.min(total, count);
  return Array.from({ length: parts }, (_, k) => Math.floor(((k + 0.5) * total) / parts));
}

/** Positions of one trajectory in every stored snapshot from input to target. */
function pathOf(
  set: TrajectorySet,
  trajectory: number,
  { input, target }: { readonly input: number; readonly target: number },
): Float32Array[] {
  const size = set.snapshots * 3 * set.bodies;
  const one: TrajectorySet = {
    ...set,
    trajectories: 1,
    loc: set.loc.subarray(trajectory * size, (trajectory + 1) * size),
    charges: set.charges.subarray(trajectory * set.bodies, (trajectory + 1) * set.bodies),
  };
  const step = target < input ? -1 : 1;
  return Array.from(
    { length: Math.abs(target - input) + 1 },
    (_, k) => snapshotPairs(one, { input: input + step * k, target }).positions,
  );
}
