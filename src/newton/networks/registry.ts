import { UserError } from '../../common/errors.js';
import type { ConfigOf } from '../../networks/backbone.js';
import { backbonesOn } from '../../networks/backbones.js';
import {
  type Backbones,
  backboneNamed,
  createNetwork,
  type NetworkConfig,
  namesOf,
} from '../../networks/network-config.js';
import { importWeights } from '../../networks/published-weights.js';
import type { Weights } from '../../nn/index.js';
import type { DynamicsModel } from './model.js';
import { type BodyColumns, fieldKinds, geometricGraph } from './system.js';

/** The backbones, on graphs whose nodes are bodies and whose vectors are external fields. */
export const backbones = backbonesOn(fieldKinds);

/** A network, described: plain data, ready for JSON. */
export type ModelConfig = ConfigOf<(typeof backbones)[number]>;

/** The name of a network, as in configurations and weight files. */
export type ModelName = ModelConfig['model'];

/** The names of the networks, as the published code calls them. */
export const modelNames: readonly ModelName[] = namesOf<{ readonly name: ModelName }>(backbones);

/**
 * Makes a network; its weights come from `initialize`, or from a file.
 * @throws UserError for a name, a size or options that no network has
 */
export const createModel = (config: ModelConfig): DynamicsModel => modelOn(backbones, config);

interface WithCutoff {
  readonly cutoff?: number | null;
}

/** The same for a network of any list. */
export function modelOn(list: Backbones, config: NetworkConfig): DynamicsModel {
  const network = createNetwork(list, config);
  const { scalars = [], vectors = [], cutoff } = config as NetworkConfig & Partial<BodyColumns> & WithCutoff;
  return {
    parameters: network.parameters,
    columns: { scalars, vectors },
    graph: { cutoff: cutoff ?? undefined, once: network.pairsOnce },
    predict(system) {
      const { positions, vectors } = network.predict(geometricGraph(system, config.edges));
      return { positions, ...(vectors && { velocities: vectors }) };
    },
  };
}

/** Whether a network predicts velocities too: only then can it be applied again to what it has predicted. */
export const predictsVelocities = (config: NetworkConfig, list: Backbones = backbones): boolean =>
  backboneNamed(list, config.model).predictsVectors?.(config) ?? false;

/**
 * The description of a network with the same weights that covers only a part of the time.
 * @throws UserError where the network cannot be cut to that
 */
export function partOfNetwork(config: ModelConfig, share: number): ModelConfig {
  const { title, part } = backboneNamed(backbones, config.model);
  if (!part) {
    throw new UserError(`is for networks that go in steps of time; ${title} does not`, {
      about: 'data.span',
      remedy: { setting: 'data.span', action: 'omit' },
    });
  }
  return { ...part(config, share), model: config.model } as ModelConfig;
}

/** Takes in weights of the published code, saved by `save_file(model.state_dict(), …)`. @throws UserError that names the first tensor that does not fit */
export const importPublished = (file: Parameters<typeof importWeights>[1], source: string, name?: string) =>
  importWeights(backbones, file, source, name) as { config: ModelConfig; weights: Weights };
