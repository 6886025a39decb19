import { input, mul, reshape, sub, sum } from '../../tensor/index.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import type { DynamicsModel } from '../networks/model.js';
import { type FieldName, systemInputs } from '../networks/system.js';

/** The squared error of a network's predictions, `scale` times its sum over coordinates, and its gradient. */
export function compileObjective(model: DynamicsModel, fields: readonly FieldName[] = []): TrainingPrograms {
  const error = sub(model.predict(systemInputs(fields, model.columns)), input('target', ['nodes', 3]));
  const loss = mul(sum(mul(error, error)), reshape(input('scale', [1]), []));
  return compileTraining(loss, model.parameters);
}
