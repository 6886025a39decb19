import { requireInteger, requireOneOf, requirePositiveInteger } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import { ClofNet, type ClofNetOptions } from './clofnet.js';
import { EGNN } from './egnn.js';
import { GNN } from './gnn.js';
import type { DynamicsModel, NetworkSize } from './model.js';
import { RadialField } from './radial-field.js';

/** A plain message-passing network on coordinates, a radial field, or an EGNN without or with velocities. */
export interface BaselineConfig extends NetworkSize {
  readonly model: 'gnn' | 'rf_vel' | 'egnn' | 'egnn_vel';
}

/** ClofNet: without velocities, with velocities, or with velocities and a Gaussian basis of distances. */
export interface ClofNetConfig extends Omit<ClofNetOptions, 'variant'> {
  readonly model: 'clof' | 'clof_vel' | 'clof_vel_gbf';
}

/** A network, described: plain data, ready for JSON. */
export type ModelConfig = BaselineConfig | ClofNetConfig;

/** The name of a network, as in configurations and weight files. */
export type ModelName = ModelConfig['model'];

type Builders = { readonly [Name in ModelName]: (config: ModelConfig & { readonly model: Name }) => DynamicsModel };

const builders: Builders = {
  gnn: (config) => new GNN(config),
  rf_vel: (config) => new RadialField(config),
  egnn: (config) => new EGNN({ ...config, velocity: false }),
  egnn_vel: (config) => new EGNN({ ...config, velocity: true }),
  clof: (config) => new ClofNet({ ...config, variant: 'plain' }),
  clof_vel: (config) => new ClofNet({ ...config, variant: 'velocity' }),
  clof_vel_gbf: (config) => new ClofNet({ ...config, variant: 'gaussian' }),
};

/** The names of the networks, as the published code calls them. */
export const modelNames = Object.keys(builders) as readonly ModelName[];

/** Whether a network is one of the ClofNet family, which has options that the others lack. */
export const isClofNet = (name: ModelName): name is ClofNetConfig['model'] => name.startsWith('clof');

/**
 * Makes a network; its weights come from `initialize`, or from a file.
 * @throws UserError for a name or a size that no network has
 */
export function createModel(config: ModelConfig): DynamicsModel {
  requireOneOf(config.model, modelNames, 'model');
  const { hidden = 64, layers = 4 } = config;
  requirePositiveInteger(hidden, 'hidden');
  requirePositiveInteger(layers, 'layers');
  if ('edgeKinds' in config) requireInteger(config.edgeKinds ?? 2, 'edgeKinds', { min: 2 });
  if (isClofNet(config.model) && hidden % 2 !== 0)
    throw new UserError(
      `hidden must be even for ${config.model} (its edges have half as many features), not ${hidden}`,
    );
  return build(config);
}

const build = <Name extends ModelName>(config: ModelConfig & { readonly model: Name }): DynamicsModel =>
  builders[config.model](config);
