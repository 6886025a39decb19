import { add, input, mul, reshape, sub, sum, type Tensor } from '../../tensor/index.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import type { DynamicsModel } from '../networks/model.js';
import { type FieldName, systemInputs } from '../networks/system.js';

/** The sum over coordinates of the squared error of what is predicted, `scale` times. */
function squaredError(predicted: Tensor, target: string): Tensor {
  const error = sub(predicted, input(target, ['nodes', 3]));
  return mul(sum(mul(error, error)), reshape(input('scale', [1]), []));
}

/** What else {@link compileObjective} is told. */
export interface ObjectiveOptions {
  /** How much the squared error of velocities counts, where they are predicted; default 1. */
  readonly velocityWeight?: number;
}

/**
 * The squared error of a network's predictions, `scale` times its sum over coordinates, and its gradient. Where
 * velocities are predicted, theirs is learned by too; the loss alone, by which networks are judged, is that of the
 * positions.
 */
export function compileObjective(
  model: DynamicsModel,
  fields: readonly FieldName[] = [],
  { velocityWeight = 1 }: ObjectiveOptions = {},
): TrainingPrograms {
  const { positions, velocities } = model.predict(systemInputs(fields));
  const error = squaredError(positions, 'target');
  if (!velocities) return compileTraining(error, model.parameters);
  const learned = add(error, mul(squaredError(velocities, 'targetVelocities'), velocityWeight));
  return compileTraining(learned, model.parameters, error);
}
