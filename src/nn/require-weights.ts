import { UserError } from '../common/errors.js';
import { type Parameter, parameterSize, type Weights } from './parameters.js';

/**
 * Makes sure that weights are those of a network.
 * @throws UserError naming the first parameter that is missing, of another size or unknown
 */
export function requireWeights(parameters: readonly Parameter[], weights: Weights): void {
  for (const parameter of parameters) {
    const values = weights.get(parameter.name);
    if (!values)
      throw new UserError(`weights of another network: ${parameter.name} is missing`, {
        code: 'mismatch',
        tensor: parameter.name,
      });
    if (values.length !== parameterSize(parameter)) {
      const expected = `[${parameter.shape.join(', ')}]`;
      throw new UserError(
        `weights of another network: ${parameter.name} has ${values.length} values, not ${expected}`,
        { code: 'mismatch', tensor: parameter.name },
      );
    }
  }
  const names = new Set(parameters.map(({ name }) => name));
  const unknown = [...weights.keys()].find((name) => !names.has(name));
  if (unknown)
    throw new UserError(`weights of another network: this one has no ${unknown}`, {
      code: 'mismatch',
      tensor: unknown,
    });
}
