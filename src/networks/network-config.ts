import { z } from 'zod';
import { requireOneOf, requirePositiveInteger } from '../common/checks.js';
import type { Backbone, Network, NetworkSize } from './backbone.js';
import { type OptionsOfAll, optionsOfAll, optionsOfOne } from './merged-options.js';
import { networkName, parseDescription } from './weight-file.js';

/** A list of backbones, whichever they are. */
export type Backbones = readonly Backbone[];

/** A network of any list, described: the name of its backbone, and options. */
export type NetworkConfig = NetworkSize & { readonly model: string; readonly edges?: 'products' | 'given' };

/** The names of a list, in its order. */
export const namesOf = <B extends Pick<Backbone, 'name'>>(list: readonly B[]): B['name'][] =>
  list.map(({ name }) => name);

/**
 * The backbone of that name.
 * @throws UserError that lists the names if there is none
 */
export function backboneNamed(list: Backbones, name: unknown): Backbone {
  const known = requireOneOf(name, namesOf(list), 'model');
  return list.find((one) => one.name === known) ?? list[0];
}

/**
 * Makes a network; its weights come from `initialize`, or from a file.
 * @throws UserError for a name, a size or options that no network has
 */
export function createNetwork(list: Backbones, config: NetworkConfig): Network {
  const { check, build } = backboneNamed(list, config.model);
  requirePositiveInteger(config.hidden ?? 64, 'hidden');
  requirePositiveInteger(config.layers ?? 4, 'layers');
  check?.(config);
  return build(config);
}

/**
 * A network in a configuration file: the options of all backbones, every key may be left out.
 * @param usual the network where none is named
 */
export function networkSchema<const B extends Backbone>(list: readonly B[], usual: B['name']) {
  const names: readonly B['name'][] = namesOf(list);
  const model = z.enum(names).describe(`The network; ${usual} is the published ClofNet.`).default(usual);
  const shape = { model, ...optionsOfAll(list) } as { readonly model: typeof model } & OptionsOfAll<B>;
  return z.strictObject(shape).describe('The network.');
}

/**
 * What a configuration file says of a network, without the options that it does not have.
 * @throws UserError that names an option which is set and which the network does not have
 */
export function ownOptions(list: Backbones, { model, ...given }: NetworkConfig): NetworkConfig {
  const { name } = backboneNamed(list, model);
  return { model: name, ...optionsOfOne(list, name, given) };
}

/**
 * Reads the description of a network in a file's metadata.
 * @throws UserError where it describes no network of the list
 */
export function parseNetworkConfig(list: Backbones, value: unknown, source: string): NetworkConfig {
  const { options = {}, told = {} } = list.find(({ name }) => name === networkName(value)) ?? {};
  const stored = z.strictObject({
    model: z.enum(namesOf(list)),
    ...Object.fromEntries(Object.entries(options).map(([key, field]) => [key, z.optional(field.unwrap())])),
    ...Object.fromEntries(
      Object.entries(told).map(([key, { least }]) => [key, z.number().int().min(least).optional()]),
    ),
  });
  return parseDescription(stored, value, source);
}
