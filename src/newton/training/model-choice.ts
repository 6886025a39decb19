import { ownOptions } from '../../networks/network-config.js';
import { backbones, type ModelConfig } from '../networks/registry.js';
import type { NewtonConfig } from './config.js';

/**
 * The network that a configuration describes, without the options that it does not have.
 * @throws UserError for such an option that is set all the same
 */
export const modelConfigOf = ({ model }: Pick<NewtonConfig, 'model'>): ModelConfig =>
  ownOptions(backbones, model) as ModelConfig;
