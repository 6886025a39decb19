import { UserError } from '../common/errors.js';
import type { SafetensorsFile, StoredTensor } from '../files/safetensors.js';
import type { Weights } from '../nn/index.js';
import type { Backbone } from './backbone.js';
import { type Backbones, backboneNamed, createNetwork, type NetworkConfig } from './network-config.js';
import { matchWeights } from './weight-file.js';

type Tensors = SafetensorsFile['tensors'];

/**
 * Takes in the weights of a network of the published code, saved by `save_file(model.state_dict(), …)`. Names may
 * start with `module.` (networks wrapped in DataParallel) or `param.`; where some start with `param.`, the others are
 * left out. The sizes of the network, and which one it is, are inferred from names and shapes.
 *
 * @param list the backbones that it may be of
 * @param name the network, where it is known
 * @throws UserError that names the first tensor that does not fit
 */
export function importWeights(
  list: Backbones,
  file: Pick<SafetensorsFile, 'tensors'>,
  source: string,
  name?: string,
): { config: NetworkConfig; weights: Weights } {
  const tensors = withoutPrefixes(file.tensors, source);
  const wanted = name === undefined ? undefined : backboneNamed(list, name);
  const candidates = (wanted ? [wanted] : list).flatMap((backbone) => describe(backbone, tensors) ?? []);
  const ranked = candidates
    .map((config) => ({ config, misfits: countMisfits(list, config, tensors) }))
    .sort((a, b) => a.misfits - b.misfits);
  const [best] = ranked;
  if (!best) throw unknownNetwork(tensors, source, wanted);
  const { model, hidden, layers } = best.config;
  const weights = matchWeights(
    createNetwork(list, best.config).parameters,
    { tensors },
    `${source}, read as ${model} with hidden ${hidden} and ${layers} layers`,
  );
  return { config: best.config, weights };
}

function withoutPrefixes(tensors: Tensors, source: string): Map<string, StoredTensor> {
  const marked = [...tensors.keys()].some((name) => name.startsWith('param.'));
  const plain = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    if (marked && !name.startsWith('param.')) continue;
    const short = name.replace(/^param\./, '').replace(/^(module\.)+/, '');
    if (plain.has(short))
      throw new UserError(`${source}: two tensors are named ${short}, one of them as ${name}`, { file: source });
    plain.set(short, tensor);
  }
  return plain;
}

/** The network of that kind with the sizes that the tensors suggest; undefined where they are not of such a one. */
function describe(
  { name, widthParameter, told = {}, check }: Backbone,
  tensors: Tensors,
): Required<Omit<NetworkConfig, 'edges'>> | undefined {
  const hidden = tensors.get(widthParameter)?.shape[0];
  const layers = new Set([...tensors.keys()].flatMap((key) => /^gcl_(\d+)\./.exec(key)?.[1] ?? [])).size;
  if (!hidden || layers === 0) return undefined;
  const lengths: Record<string, number> = {};
  for (const [key, { tensor, least }] of Object.entries(told)) {
    const length = tensors.get(tensor)?.shape[0] ?? 0;
    if (length < least) return undefined;
    lengths[key] = length;
  }
  const config = { model: name, hidden, layers, ...lengths };
  try {
    check?.(config);
    return config;
  } catch {
    return undefined;
  }
}

/** How many parameters are not among the tensors, or with another shape, and how many tensors are no parameters. */
function countMisfits(list: Backbones, config: NetworkConfig, tensors: Tensors): number {
  const { parameters } = createNetwork(list, config);
  const fitting = parameters.filter(({ name, shape }) => tensors.get(name)?.shape.join() === shape.join()).length;
  return parameters.length + tensors.size - 2 * fitting;
}

function unknownNetwork(tensors: Tensors, source: string, wanted: Backbone | undefined): UserError {
  const [first] = tensors.keys();
  const found = first === undefined ? 'there are none at all' : `the first is ${first}`;
  const told = Object.values(wanted?.told ?? {}).map(({ tensor }) => tensor);
  const missing = wanted
    ? `${[wanted.widthParameter, ...told].join(' or ')} of ${wanted.name}`
    : 'those of a network of the published code';
  return new UserError(
    `${source}: its tensors lack ${missing} (${found}); save them by save_file(model.state_dict(), …)`,
    { file: source },
  );
}
