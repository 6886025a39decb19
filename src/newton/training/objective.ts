import { add, input, mul, reshape, sub, sum, type Tensor } from '../../tensor/index.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import type { DynamicsModel } from '../networks/model.js';
import { type FieldName, type SystemTensors, systemInputs } from '../networks/system.js';

/** The sum over coordinates of the squared error of what is predicted, `scale` times. */
function squaredError(predicted: Tensor, target: string): Tensor {
  const error = sub(predicted, input(target, ['nodes', 3]));
  return mul(sum(mul(error, error)), reshape(input('scale', [1]), []));
}

/** What else {@link compileObjective} is told. */
export interface ObjectiveOptions {
  /** How much the squared error of velocities counts, where they are predicted; default 1. */
  readonly velocityWeight?: number;
  /** How often the network is applied, each time to what it has predicted; default 1. */
  readonly steps?: number;
}

/** The errors of one step of a network, and the system that it comes to. */
function stepOf(model: DynamicsModel, system: SystemTensors, suffix: string, velocityWeight: number) {
  const { positions, velocities } = model.predict(system);
  const error = squaredError(positions, `target${suffix}`);
  if (!velocities) return { error, learned: error };
  const learned = add(error, mul(squaredError(velocities, `targetVelocities${suffix}`), velocityWeight));
  return { error, learned, next: { ...system, positions, velocities } };
}

/**
 * The squared error of a network's predictions, `scale` times its sum over coordinates, and its gradient. Where
 * velocities are predicted, theirs is learned by too. Where the network is applied several times, what is learned by is
 * the mean over the steps. The loss alone, by which networks are judged, is that of positions after one step.
 * @throws RangeError for several steps of a network that predicts no velocities
 */
export function compileObjective(
  model: DynamicsModel,
  fields: readonly FieldName[] = [],
  { velocityWeight = 1, steps = 1 }: ObjectiveOptions = {},
): TrainingPrograms {
  const first = stepOf(model, systemInputs(fields), '', velocityWeight);
  let [learned, system] = [first.learned, first.next];
  for (let step = 2; step <= steps; step++) {
    if (!system) throw new RangeError('a network that predicts no velocities takes one step');
    const later = stepOf(model, system, `_${step}`, velocityWeight);
    [learned, system] = [add(learned, later.learned), later.next];
  }
  const mean = steps === 1 ? learned : mul(learned, 1 / steps);
  return compileTraining(mean, model.parameters, first.error);
}
