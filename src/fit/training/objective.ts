import { add, input, mul, reshape, sub, sum, type Tensor } from '../../tensor/index.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import { type FitNetwork, geometryInputs } from '../network/fit-network.js';
import { widthInMemory } from '../quantity.js';
import { targetName, weightName } from './examples.js';

/**
 * The squared errors of all targets, each times what it counts, `scale` times their sum, and its gradient: with
 * forces, the gradient of a gradient.
 */
export function compileObjective(network: FitNetwork): TrainingPrograms {
  const { targets, inputs } = network.config;
  const predicted = network.predict(geometryInputs(inputs));
  const errors = targets.map((target): Tensor => {
    const rows = target.of === 'graph' ? 'graphs' : 'nodes';
    const error = sub(predicted[target.name], input(targetName(target.name), [rows, widthInMemory(target)]));
    const counts = reshape(input(weightName(target.name), [rows]), [rows, 1]);
    return sum(mul(mul(error, error), counts));
  });
  const loss = mul(
    errors.reduce((total, error) => add(total, error)),
    reshape(input('scale', [1]), []),
  );
  return compileTraining(loss, network.parameters);
}
