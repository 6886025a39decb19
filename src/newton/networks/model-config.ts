import { networkSchema, parseNetworkConfig } from '../../networks/network-config.js';
import { backbones, type ModelConfig } from './registry.js';

/** A network in a configuration file: every key may be left out. */
export const modelSchema = networkSchema(backbones, 'clof_vel');

/**
 * Reads the description of a network in a file's metadata.
 * @throws UserError where it describes no network that this version knows
 */
export const parseModelConfig = (value: unknown, source: string): ModelConfig =>
  parseNetworkConfig(backbones, value, source) as ModelConfig;
