import { UserError } from '../common/errors.js';
import { didYouMean } from '../common/nearest.js';
import type { SafetensorsFile, StoredTensor } from '../files/safetensors.js';
import type { Weights } from '../nn/index.js';
import type { DynamicsModel } from './model.js';
import { parseModelConfig } from './model-config.js';
import { createModel, type ModelConfig } from './registry.js';

/** Raised whenever the form of weight files changes: newer ones are refused. */
const MODEL_FILE_VERSION = 1;

const FORMAT = 'clofnet weights';

/** A trained network: what it is, its weights, and where they come from. */
export interface ModelFile {
  readonly config: ModelConfig;
  readonly weights: Weights;
  /** How the weights came about: configuration, seed, data hash, errors… Plain data, kept as it is. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** A network and its weights as safetensors, under the published parameter names. */
export function encodeModelFile({ config, weights, provenance }: ModelFile): SafetensorsFile {
  const { parameters } = createModel(config);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, shape } of parameters) {
    const data = weights.get(name);
    if (!data) throw new RangeError(`there are no weights for ${name}`);
    tensors.set(name, { dtype: 'F32', shape, data });
  }
  const metadata = {
    format: FORMAT,
    version: String(MODEL_FILE_VERSION),
    model: JSON.stringify(config),
    provenance: JSON.stringify(provenance),
  };
  return { tensors, metadata };
}

/**
 * Reads a weight file.
 * @throws UserError if it is no weight file, of a newer version, or its tensors are not those of its network
 */
export function decodeModelFile(file: SafetensorsFile, source: string): ModelFile & { readonly model: DynamicsModel } {
  const { format, version, model: description, provenance } = file.metadata;
  if (format === 'clofnet checkpoint') {
    throw new UserError(`${source} is a checkpoint; use the weights.safetensors beside it`);
  }
  if (format !== FORMAT) {
    throw new UserError(
      `${source} holds no clofnet weights; weights from the published code come in through 'clofnet import'`,
    );
  }
  if (Number(version) !== MODEL_FILE_VERSION) {
    throw new UserError(
      `${source} is a weight file of version ${version}, this clofnet reads version ${MODEL_FILE_VERSION}; update clofnet`,
    );
  }
  const config = parseModelConfig(parse(description, source), source);
  const model = createModel(config);
  return {
    config,
    model,
    weights: matchWeights(model, file, source),
    provenance: record(parse(provenance, source)),
  };
}

/**
 * The weights of a network out of a file's tensors.
 * @throws UserError naming the first tensor that is missing, has another shape, is not float32, is not finite or
 * does not belong to the network
 */
export function matchWeights(
  model: DynamicsModel,
  { tensors }: Pick<SafetensorsFile, 'tensors'>,
  source: string,
): Map<string, Float32Array> {
  const names = model.parameters.map(({ name }) => name);
  for (const name of tensors.keys()) {
    if (!names.includes(name))
      throw new UserError(`${source}: tensor ${name} is not in this network${didYouMean(name, names)}`);
  }
  return new Map(
    model.parameters.map(({ name, shape }) => {
      const stored = tensors.get(name);
      if (!stored)
        throw new UserError(
          `${source}: tensor ${name} [${shape.join(', ')}] is missing: the weights are of another network`,
        );
      if (stored.shape.join() !== shape.join()) {
        throw new UserError(
          `${source}: tensor ${name} has shape [${stored.shape.join(', ')}], this network needs [${shape.join(', ')}]`,
        );
      }
      return [name, finite(stored, name, source)];
    }),
  );
}

function finite({ data, dtype }: StoredTensor, name: string, source: string): Float32Array {
  if (data instanceof BigInt64Array || data instanceof Int32Array) {
    throw new UserError(`${source}: tensor ${name} is ${dtype}, expected F32`);
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new UserError(`${source}: tensor ${name} holds ${data[at]} at position ${at}`);
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

function parse(text: string | undefined, source: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (cause) {
    throw new UserError(`${source}: the metadata of the weight file is damaged`, { cause });
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
