import { UserError } from '../../common/errors.js';
import { isClofNet, type ModelConfig } from '../../networks/registry.js';
import type { NewtonConfig } from './config.js';

/**
 * The network that a configuration describes; baselines have none of ClofNet's options.
 * @throws UserError for an option of ClofNet's that is set for another network
 */
export function modelConfigOf({ model }: Pick<NewtonConfig, 'model'>): ModelConfig {
  const { model: name, hidden, layers, ...options } = model;
  if (isClofNet(name)) return { model: name, hidden, layers, ...options };
  if (options.charges || options.fields.length > 0 || options.frame !== 'published' || options.scalarize !== 'once') {
    throw new UserError(`model.frame, scalarize, charges and fields are options of clof networks, not of ${name}`);
  }
  return { model: name, hidden, layers };
}
