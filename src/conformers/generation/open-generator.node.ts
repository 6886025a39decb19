import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { errorCode } from '../../files/file-errors.node.js';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Molecule } from '../../molecules/molecule.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import type { NodeDevice } from '../../runtime/devices.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { ConformerNetworkConfig, ConformerWeights } from '../networks/conformer-network.js';
import { decodeConformerWeights } from '../networks/conformer-weights.js';
import { compileDenoiser } from '../networks/denoiser-run.js';
import { type Learned, learnedFrom, levelFor } from '../networks/learned.js';
import { shippedConformerWeights } from '../networks/shipped-weights.node.js';
import { hashWeights } from '../networks/weights-hash.node.js';
import { generateConformers } from './generate.js';
import type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generated.js';
import { pooledMaker } from './pooled-maker.node.js';

/** How {@link openConformerGenerator} opens one. */
export interface GeneratorOptions {
  /** A weight file; default the one that comes with the package. */
  readonly weights?: string;
  /** Threads; default one per core, and one on a GPU. The conformers do not depend on it. */
  readonly workers?: number;
  /** Default cpu. */
  readonly device?: NodeDevice;
}

/** The weights that a generator works with. */
export interface GeneratorWeights {
  readonly file: string;
  /** `conformers.safetensors 3f2a9c01`: the file's name and the start of a hash of the weights. */
  readonly label: string;
  readonly config: ConformerNetworkConfig;
  readonly provenance: Readonly<Record<string, unknown>>;
  /** What the weights were trained on; undefined where their file does not say. */
  readonly learned: Learned | undefined;
}

/** A molecule, or a SMILES of one. */
export type MoleculeInput = Molecule | string;

/** Makes conformers until it is closed. */
export interface ConformerGenerator {
  readonly weights: GeneratorWeights;
  /** How many threads it has. */
  readonly workers: number;
  /**
   * Conformers of one molecule, or of several, as they are finished, in order; after those of a molecule comes its
   * summary, which lists those that failed. Leaving the loop, or the signal, stops the work.
   * @throws UserError for a SMILES that cannot be read, options that make no sense, and a level of theory that the
   *   weights were not trained at
   */
  generate(
    molecules: MoleculeInput | Iterable<MoleculeInput> | AsyncIterable<MoleculeInput>,
    options: GenerateOptions,
  ): AsyncGenerator<GeneratedConformer | MoleculeSummary, void>;
  /** Ends its threads. */
  close(): Promise<void>;
}

/**
 * Opens a generator of conformers: `const generator = await openConformerGenerator()`.
 * @throws UserError for weights that cannot be read, a device that does not work, a bad number of workers
 */
export async function openConformerGenerator(options: GeneratorOptions = {}): Promise<ConformerGenerator> {
  const { weights: path, device = 'cpu' } = options;
  const { network, weights, config, provenance } = await readWeights(path);
  const learned = learnedFrom(provenance);
  if (device !== 'cpu') await openProbedRuntime(device);
  const file = path ?? shippedConformerWeights();
  const workers = options.workers ?? (device === 'cpu' ? availableParallelism() : 1);
  const maker = pooledMaker({ program: compileDenoiser(network, weights), form: network.form, device }, workers);
  return {
    weights: { file, label: `${basename(file)} ${hashWeights(weights).slice(0, 8)}`, config, provenance, learned },
    workers,
    generate: (molecules, given) =>
      generateConformers(parsed(molecules), maker, { ...given, level: levelFor(learned, given.level) }),
    close: () => maker.close(),
  };
}

async function readWeights(path: string | undefined): Promise<ConformerWeights> {
  const file = path ?? shippedConformerWeights();
  const content = await readSafetensors(file).catch((error: unknown) => {
    if (path !== undefined || errorCode(error instanceof Error ? error.cause : error) !== 'ENOENT') throw error;
    throw new UserError('this copy of clofnet has no weights for conformers; name a weight file', { cause: error });
  });
  return decodeConformerWeights(content, file);
}

async function* parsed(molecules: Parameters<ConformerGenerator['generate']>[0]): AsyncGenerator<Molecule, void> {
  const isOne = typeof molecules === 'string' || 'atomicNumbers' in molecules;
  for await (const molecule of isOne ? [molecules] : molecules) {
    yield typeof molecule === 'string' ? parseSmiles(molecule) : molecule;
  }
}
