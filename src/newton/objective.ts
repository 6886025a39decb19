import type { DynamicsModel } from '../models/model.js';
import { type FieldName, systemInputs } from '../models/system.js';
import { compile, gradient, input, mul, type Program, reshape, sub, sum } from '../tensor/index.js';

/** The programs that training runs. */
export interface TrainingPrograms {
  /** `loss` [] = scale · Σ squared coordinate errors. */
  readonly loss: Program;
  /** The same with `grad.NAME` for every parameter. */
  readonly gradient: Program;
}

/** The squared error of a network's predictions, `scale` times its sum over coordinates, and its gradient. */
export function compileObjective(model: DynamicsModel, fields: readonly FieldName[] = []): TrainingPrograms {
  const error = sub(model.predict(systemInputs(fields)), input('target', ['nodes', 3]));
  const loss = mul(sum(mul(error, error)), reshape(input('scale', [1]), []));
  const slopes = gradient(
    loss,
    model.parameters.map(({ tensor }) => tensor),
  );
  const named = slopes.map((slope, k) => [`grad.${model.parameters[k].name}`, slope]);
  return {
    loss: compile({ loss }, { name: 'loss' }),
    gradient: compile({ loss, ...Object.fromEntries(named) }, { name: 'gradient' }),
  };
}
