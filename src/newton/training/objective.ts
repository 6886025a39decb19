import { add, input, mul, reshape, sqrt, sub, sum, type Tensor } from '../../tensor/index.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import type { DynamicsModel } from '../networks/model.js';
import { type FieldName, type SystemTensors, systemInputs } from '../networks/system.js';

const errorOf = (predicted: Tensor, target: string): Tensor => sub(predicted, input(target, ['nodes', 3]));
const scaled = (total: Tensor): Tensor => mul(total, reshape(input('scale', [1]), []));

/** The sum over coordinates of the squared error of what is predicted, `scale` times. */
function squaredError(predicted: Tensor, target: string): Tensor {
  const error = errorOf(predicted, target);
  return scaled(sum(mul(error, error)));
}

/**
 * The same with 2δ(√(|e|² + δ²) − δ) in the place of the square of a body's error e (pseudo-Huber, Charbonnier et al.
 * 1997): errors below δ count as their squares, larger ones only in proportion.
 */
function robustError(predicted: Tensor, target: string, delta: number): Tensor {
  const error = errorOf(predicted, target);
  const length = sqrt(add(sum(mul(error, error), [1]), delta * delta)); // [nodes]
  return scaled(sum(mul(sub(length, delta), 2 * delta)));
}

/** What else {@link compileObjective} is told. */
export interface ObjectiveOptions {
  /** How much the squared error of velocities counts, where they are predicted; default 1. */
  readonly velocityWeight?: number;
  /** How often the network is applied, each time to what it has predicted; default 1. */
  readonly steps?: number;
  /** What is trained in the place of the network: one of the same parameters that covers a shorter time. */
  readonly part?: DynamicsModel;
  /** The length from which on errors count less than their squares in training; default none. */
  readonly huber?: number;
}

/** The errors of one step of a network, and the system that it comes to. */
function stepOf(
  model: DynamicsModel,
  system: SystemTensors,
  suffix: string,
  { velocityWeight = 1, huber }: Pick<ObjectiveOptions, 'velocityWeight' | 'huber'>,
) {
  const { positions, velocities } = model.predict(system);
  const error = squaredError(positions, `target${suffix}`);
  const toLearn = (predicted: Tensor, target: string): Tensor =>
    huber === undefined ? squaredError(predicted, target) : robustError(predicted, target, huber);
  const learned = toLearn(positions, `target${suffix}`);
  if (!velocities) return { error, learned };
  const both = add(learned, mul(toLearn(velocities, `targetVelocities${suffix}`), velocityWeight));
  return { error, learned: both, next: { ...system, positions, velocities } };
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
  { steps = 1, part = model, ...weighing }: ObjectiveOptions = {},
): TrainingPrograms {
  const inputs = systemInputs(fields, model.columns);
  const first = stepOf(part, inputs, '', weighing);
  let [learned, system] = [first.learned, first.next];
  for (let step = 2; step <= steps; step++) {
    if (!system) throw new RangeError('a network that predicts no velocities takes one step');
    const later = stepOf(part, system, `_${step}`, weighing);
    [learned, system] = [add(learned, later.learned), later.next];
  }
  const mean = steps === 1 ? learned : mul(learned, 1 / steps);
  const judged = part === model ? first : stepOf(model, inputs, '', weighing);
  return compileTraining(mean, part.parameters, judged.error);
}
