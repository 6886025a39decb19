import { UserError } from '../../common/errors.js';
import type { SafetensorsFile } from '../../files/safetensors.js';
import { type DatasetManifest, type DatasetOrigin, parseManifest } from './dataset-manifest.js';
import { type EnsembleEntry, encodeTables, type SplitName, splitNames } from './dataset-tables.js';
import { unpackEnsembles } from './dataset-unpack.js';
import { type Ensemble, theoryLevels } from './ensemble.js';

export type { DatasetManifest, DatasetOrigin } from './dataset-manifest.js';
export { type EnsembleEntry, type SplitName, splitNames } from './dataset-tables.js';

/** The name of the manifest among a file's metadata. */
const MANIFEST = 'ensembles';

/** Ensembles, the split of each, and where they come from. */
export interface Dataset {
  readonly manifest: DatasetManifest;
  readonly ensembles: readonly Ensemble[];
  /** One an ensemble. */
  readonly splits: readonly SplitName[];
}

/** The ensembles of one split. */
export function ensemblesOf({ ensembles, splits }: Dataset, split: SplitName): Ensemble[] {
  return ensembles.filter((_, i) => splits[i] === split);
}

/**
 * Packs ensembles into flat arrays, ready for a safetensors file: for each quantity one array over all molecules, in
 * order, with how much of it belongs to each (docs/conformer-data.md has the layout).
 *
 * @param splits one an ensemble; all `train` where none are given
 * @throws UserError for a conformer that does not fit its molecule, or is not finite
 */
export function encodeDataset(
  ensembles: readonly Ensemble[],
  origin: DatasetOrigin = {},
  splits: readonly SplitName[] = ensembles.map(() => 'train'),
): SafetensorsFile {
  const entries = entriesOf(ensembles, splits);
  const conformers = ensembles.flatMap((ensemble) => ensemble.conformers);
  const positions = new Float32Array(conformers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const conformer of conformers) {
    positions.set(conformer, at);
    at += conformer.length;
  }
  const tensors = new Map(encodeTables(entries));
  tensors.set('positions', { dtype: 'F32', shape: [positions.length / 3, 3], data: positions });
  return { tensors, metadata: datasetMetadata(describeEntries(entries, origin)) };
}

/**
 * The inverse of {@link encodeDataset}. Nothing is copied: conformers, elements and bonds are views of the file's
 * arrays.
 *
 * @param source the file's name, for error messages
 * @throws UserError where the file is no data set, or its arrays do not fit together
 */
export function decodeDataset(file: SafetensorsFile, source = 'data set'): Dataset {
  const manifest = parseManifest(file.metadata[MANIFEST], source);
  return { manifest, ...unpackEnsembles(file.tensors, manifest, source) };
}

/** The manifest of these entries. */
export function describeEntries(entries: readonly EnsembleEntry[], origin: DatasetOrigin): DatasetManifest {
  const sum = (of: (entry: EnsembleEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  const inSplit = (name: SplitName) => entries.filter(({ split }) => split === name).length;
  return {
    format: 'clofnet ensembles',
    version: 1,
    molecules: entries.length,
    conformers: sum(({ conformerCount }) => conformerCount),
    atoms: sum(({ molecule }) => molecule.atomicNumbers.length),
    splits: Object.fromEntries(splitNames.map((name) => [name, inSplit(name)])),
    levels: [...theoryLevels],
    ...origin,
  };
}

/** A manifest as the metadata of a safetensors file. */
export function datasetMetadata(manifest: DatasetManifest): SafetensorsFile['metadata'] {
  return { [MANIFEST]: JSON.stringify(manifest) };
}

/** Ensembles without their positions, which are checked. @throws UserError as {@link encodeDataset} does */
export function entriesOf(ensembles: readonly Ensemble[], splits: readonly SplitName[]): EnsembleEntry[] {
  return ensembles.map((ensemble, i) => {
    checkEnsemble(ensemble);
    const { conformers, ...rest } = ensemble;
    return { ...rest, conformerCount: conformers.length, split: splits[i] };
  });
}

function checkEnsemble({ molecule, conformers, energies, weights }: Ensemble): void {
  const what = molecule.name || molecule.smiles;
  const size = molecule.atomicNumbers.length * 3;
  conformers.forEach((conformer, i) => {
    if (conformer.length !== size) {
      throw new UserError(`${what}: conformer ${i + 1} has ${conformer.length} coordinates, its molecule ${size}`);
    }
    if (!conformer.every(Number.isFinite)) throw new UserError(`${what}: conformer ${i + 1} is not finite`);
  });
  for (const [name, values] of Object.entries({ energies, weights })) {
    if (values && (values.length !== conformers.length || !values.every(Number.isFinite))) {
      throw new UserError(`${what}: its ${name} must be ${conformers.length} finite numbers, one per conformer`);
    }
  }
}
