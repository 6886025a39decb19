import type { z } from 'zod';
import { UserError } from '../common/errors.js';
import { firstIssue } from '../common/first-issue.js';
import { didYouMean } from '../common/nearest.js';
import type { SafetensorsFile, StoredTensor } from '../files/safetensors.js';
import type { Parameter, Weights } from '../nn/index.js';
import type { GeometricFunction } from './geometric-function.js';

/** Raised whenever the form of weight files changes: newer ones are refused. */
const WEIGHT_FILE_VERSION = 1;

const FORMAT = 'clofnet weights';

/** What a weight file holds in addition to its tensors. */
export interface Described<Config> {
  /** What the network is; plain data with the network's name as `model`. */
  readonly config: Config;
  /** How the weights came about: configuration, seed, data hash, errors… Plain data, kept as it is. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** A network's weights as safetensors, under their parameter names, with its description in the metadata. */
export function encodeWeightFile(
  { config, provenance }: Described<unknown>,
  parameters: readonly Parameter[],
  weights: Weights,
): SafetensorsFile {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, shape } of parameters) {
    const data = weights.get(name);
    if (!data) throw new RangeError(`there are no weights for ${name}`);
    tensors.set(name, { dtype: 'F32', shape, data });
  }
  const metadata = {
    format: FORMAT,
    version: String(WEIGHT_FILE_VERSION),
    model: JSON.stringify(config),
    provenance: JSON.stringify(provenance),
  };
  return { tensors, metadata };
}

/**
 * What a weight file says of its network.
 * @throws UserError if it is no weight file, or one of a newer version
 */
export function describedBy({ metadata }: Pick<SafetensorsFile, 'metadata'>, source: string): Described<unknown> {
  const { format, version, model: description, provenance } = metadata;
  if (format === 'clofnet checkpoint') {
    throw new UserError(`${source} is a checkpoint; use the weights.safetensors beside it`, { file: source });
  }
  if (format !== FORMAT) {
    throw new UserError(`${source} holds no clofnet weights`, {
      file: source,
      remedy: { command: 'import', purpose: 'for weights from the published code' },
    });
  }
  if (Number(version) !== WEIGHT_FILE_VERSION) {
    throw new UserError(
      `${source} is a weight file of version ${version}, this clofnet reads version ${WEIGHT_FILE_VERSION}; update clofnet`,
      { file: source },
    );
  }
  return { config: parse(description, source), provenance: record(parse(provenance, source)) };
}

interface Parametric {
  readonly parameters: readonly Parameter[];
}

/** A kind of network that weight files hold, in one record: how it is described, built, tested and passed on. */
export interface WeightKind<Config, Model extends Parametric> {
  /** What a network of the kind is, in words: `a score network`. */
  readonly title: string;
  /** The names under which networks of the kind are described. */
  readonly names: readonly string[];
  /** @throws UserError for a description that is damaged */
  parse(description: unknown, source: string): Config;
  /** @throws UserError for options that do not fit together */
  build(config: Config): Model;
  /** The network as a function of named arrays. */
  describe(config: Config, model: Model): GeometricFunction;
  /** What the metadata of an exported network say in addition. */
  notes(provenance: Described<Config>['provenance'], config: Config): Readonly<Record<string, string>>;
}

/** A trained network: what it is, its weights, and where they come from. */
export interface Trained<Config> extends Described<Config> {
  readonly weights: Weights;
}

/** The name of the network that a description is of; undefined where it has none. */
export function networkName(description: unknown): string | undefined {
  const { model } = record(description);
  return typeof model === 'string' ? model : undefined;
}

/**
 * The kind of the network in a weight file.
 * @throws UserError if it is no weight file, of a newer version, or of no kind of the list
 */
export function kindOfFile<Kind extends { readonly title: string; readonly names: readonly string[] }>(
  kinds: readonly Kind[],
  file: SafetensorsFile,
  source: string,
): Kind {
  const name = networkName(describedBy(file, source).config);
  const found = kinds.find(({ names }) => name === undefined || names.includes(name));
  if (found) return found;
  const all = ({ names }: Kind): string => (names.length > 1 ? ` (${names.join(', ')})` : '');
  const wanted = kinds.map((kind) => kind.title + all(kind)).join(' or ');
  throw new UserError(`${source} holds the network ${name}, but needed here is ${wanted}`, {
    code: 'mismatch',
    file: source,
  });
}

/**
 * Reads a weight file of one kind.
 * @throws UserError if it is no weight file, of a newer version, of another kind of network, or its tensors are not
 * those of its network
 */
export function decodeWeights<Config, Model extends Parametric>(
  kind: WeightKind<Config, Model>,
  file: SafetensorsFile,
  source: string,
): Trained<Config> & { readonly model: Model } {
  const { parse, build } = kindOfFile([kind], file, source);
  const { config: description, provenance } = describedBy(file, source);
  const config = parse(description, source);
  const model = build(config);
  return { config, model, weights: matchWeights(model.parameters, file, source), provenance };
}

/** Reads a description by its schema. @throws UserError where it is damaged */
export function parseDescription<Config>(schema: z.ZodType, description: unknown, source: string): Config {
  const { data, error } = schema.safeParse(description);
  if (error) {
    throw new UserError(`${source}: the description of the network is damaged: ${firstIssue(error, 'model')}`, {
      file: source,
    });
  }
  return data as Config;
}

/**
 * The weights of a network out of a file's tensors.
 * @throws UserError naming the first tensor that is missing, has another shape, is not float32, is not finite or
 * does not belong to the network
 */
export function matchWeights(
  parameters: readonly Parameter[],
  { tensors }: Pick<SafetensorsFile, 'tensors'>,
  source: string,
): Map<string, Float32Array> {
  const names = parameters.map(({ name }) => name);
  for (const name of tensors.keys()) {
    if (!names.includes(name))
      throw new UserError(`${source}: tensor ${name} is not in this network${didYouMean(name, names)}`, {
        code: 'mismatch',
        file: source,
        tensor: name,
      });
  }
  return new Map(
    parameters.map(({ name, shape }) => {
      const stored = tensors.get(name);
      if (!stored)
        throw new UserError(
          `${source}: tensor ${name} [${shape.join(', ')}] is missing: the weights are of another network`,
          { code: 'mismatch', file: source, tensor: name },
        );
      if (stored.shape.join() !== shape.join()) {
        throw new UserError(
          `${source}: tensor ${name} has shape [${stored.shape.join(', ')}], this network needs [${shape.join(', ')}]`,
          { code: 'mismatch', file: source, tensor: name },
        );
      }
      return [name, finite(stored, name, source)];
    }),
  );
}

function finite({ data, dtype }: StoredTensor, name: string, source: string): Float32Array {
  if (data instanceof BigInt64Array || data instanceof Int32Array) {
    throw new UserError(`${source}: tensor ${name} is ${dtype}, expected F32`, { file: source, tensor: name });
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new UserError(`${source}: tensor ${name} holds ${data[at]} at position ${at}`, {
      file: source,
      tensor: name,
    });
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

function parse(text: string | undefined, source: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (cause) {
    throw new UserError(`${source}: the metadata of the weight file is damaged`, { file: source, cause });
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
