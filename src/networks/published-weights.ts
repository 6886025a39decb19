import { UserError } from '../common/errors.js';
import type { SafetensorsFile, StoredTensor } from '../files/safetensors.js';
import type { Weights } from '../nn/index.js';
import { createModel, isClofNet, type ModelConfig, type ModelName, modelNames } from './registry.js';
import { matchWeights } from './weight-file.js';

type Tensors = SafetensorsFile['tensors'];

/** For every network the parameter whose first axis is as long as its hidden layers are wide. */
const widthParameter: Readonly<Record<ModelName, string>> = {
  gnn: 'decoder.0.weight',
  rf_vel: 'gcl_0.phi.0.weight',
  egnn: 'embedding.weight',
  egnn_vel: 'embedding.weight',
  clof: 'embedding_node.weight',
  clof_vel: 'embedding_node.weight',
  clof_vel_gbf: 'embedding_node.weight',
};

/**
 * Takes in the weights of a network of the published code, saved by `save_file(model.state_dict(), …)`. Names may
 * start with `module.` (networks wrapped in DataParallel) or `param.`; where some start with `param.`, the others are
 * left out. The sizes of the network, and which one it is, are told from names and shapes.
 *
 * @param name the network, where it is known
 * @throws UserError that names the first tensor that does not fit
 */
export function importPublished(
  file: Pick<SafetensorsFile, 'tensors'>,
  source: string,
  name?: ModelName,
): { config: ModelConfig; weights: Weights } {
  const tensors = withoutPrefixes(file.tensors, source);
  const candidates = (name ? [name] : modelNames).flatMap((model) => describe(model, tensors) ?? []);
  const ranked = candidates
    .map((config) => ({ config, misfits: countMisfits(config, tensors) }))
    .sort((a, b) => a.misfits - b.misfits);
  const [best] = ranked;
  if (!best) throw unknownNetwork(tensors, source, name);
  const { model, hidden, layers } = best.config;
  const weights = matchWeights(
    createModel(best.config).parameters,
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

/** The network of that name with the sizes that the tensors suggest; undefined where they are not of such a one. */
function describe(model: ModelName, tensors: Tensors): ModelConfig | undefined {
  const hidden = tensors.get(widthParameter[model])?.shape[0];
  const layers = new Set([...tensors.keys()].flatMap((name) => /^gcl_(\d+)\./.exec(name)?.[1] ?? [])).size;
  if (!hidden || layers === 0 || (isClofNet(model) && hidden % 2 !== 0)) return undefined;
  if (model !== 'clof_vel_gbf') return { model, hidden, layers };
  const edgeKinds = tensors.get('gbf.mul.weight')?.shape[0];
  return edgeKinds && edgeKinds > 1 ? { model, hidden, layers, edgeKinds } : undefined;
}

/** How many parameters are not among the tensors, or with another shape, and how many tensors are no parameters. */
function countMisfits(config: ModelConfig, tensors: Tensors): number {
  const { parameters } = createModel(config);
  const fitting = parameters.filter(({ name, shape }) => tensors.get(name)?.shape.join() === shape.join()).length;
  return parameters.length + tensors.size - 2 * fitting;
}

function unknownNetwork(tensors: Tensors, source: string, name: ModelName | undefined): UserError {
  const [first] = tensors.keys();
  const found = first === undefined ? 'there are none at all' : `the first is ${first}`;
  const missing = name
    ? `${widthParameter[name]}${name === 'clof_vel_gbf' ? ' or gbf.mul.weight' : ''} of ${name}`
    : 'those of a network of the published code';
  return new UserError(
    `${source}: its tensors lack ${missing} (${found}); save them by save_file(model.state_dict(), …)`,
    { file: source },
  );
}
