import type { SafetensorsFile } from '../../files/safetensors.js';
import { parseSmiles } from '../../molecules/index.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Runtime } from '../../runtime/index.js';
import type { ConformerNetworkConfig } from '../networks/conformer-network.js';
import { decodeConformerWeights } from '../networks/conformer-weights.js';
import { compileDenoiser, openDenoiser } from '../networks/denoiser-run.js';
import { learnedFrom, levelFor } from '../networks/learned.js';
import type { BatchOptions } from '../sampling/sample-batch.js';
import { generateConformers } from './generate.js';
import type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generated.js';
import { localMaker } from './local-maker.js';

/** What {@link LocalGenerator.generate} makes, and how. */
export interface LocalGenerateOptions extends GenerateOptions, Omit<BatchOptions, 'signal'> {}

/** Makes conformers on the calling thread, until it is closed. */
export interface LocalGenerator {
  readonly config: ConformerNetworkConfig;
  readonly provenance: Readonly<Record<string, unknown>>;
  /**
   * Conformers of a molecule, or of a SMILES, as they are finished; then a summary, which lists conformers that
   * failed. The same as on the command line for the same seed.
   * @throws UserError for a SMILES that cannot be read, options that make no sense, and a level of theory that the
   *   weights were not trained at
   */
  generate(
    molecule: Molecule | string,
    options: LocalGenerateOptions,
  ): AsyncGenerator<GeneratedConformer | MoleculeSummary, void>;
  /** Frees the network's memory. */
  close(): Promise<void>;
}

/**
 * Opens a generator of conformers on a runtime; in Node, `openConformerGenerator` has threads too.
 * @param file what `decodeSafetensors` gives for `weights/conformers.safetensors`
 * @throws UserError for weights of another network
 */
export async function openLocalGenerator(
  runtime: Runtime,
  file: SafetensorsFile,
  source = 'the weights',
): Promise<LocalGenerator> {
  const { network, weights, config, provenance } = await decodeConformerWeights(file, source);
  const denoiser = await openDenoiser(runtime, compileDenoiser(network, weights), network.form);
  const learned = learnedFrom(provenance);
  const { device } = runtime;
  return {
    config,
    provenance,
    generate: (molecule, { onStep, methods, ...options }) =>
      generateConformers(
        [typeof molecule === 'string' ? parseSmiles(molecule) : molecule],
        localMaker(denoiser, { device, onStep, methods }),
        { ...options, level: levelFor(learned, options.level) },
      ),
    close: () => denoiser.close(),
  };
}
