import { UserError } from '../../common/errors.js';
import { countParameters } from '../../nn/index.js';
import { Rng } from '../../random/generator.js';
import { openRuntime } from '../../runtime/open-runtime.node.js';
import { type Dataset, ensemblesOf, splitNames } from '../dataset/dataset.js';
import { readDataset } from '../dataset/dataset-file.node.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { hashEnsembles } from '../dataset/ensembles-hash.node.js';
import { compileDenoiser, openDenoiser } from '../networks/denoiser-run.js';
import { hashWeights } from '../networks/weights-hash.node.js';
import type { FinishedConformerRun } from './finished-run.node.js';
import { noiseErrors } from './noise-errors.js';
import { evenly, trainedShapes } from './trained-shapes.node.js';
import type {
  ConformerTrainingReportData,
  ConformerTrainingReportOptions,
  ReportedDataset,
} from './training-report-types.js';

/** Noise levels that are looked at, in ångström. */
const SIGMAS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Validation isomers that errors by noise level are measured on. */
const NOISED = 48;

/**
 * Collects what a report on a training run shows: its errors by noise level, and conformers that its best weights make
 * of validation molecules.
 * @throws UserError if `data` was given and cannot be read
 */
export async function buildConformerTrainingReport(
  run: FinishedConformerRun,
  options: ConformerTrainingReportOptions,
): Promise<ConformerTrainingReportData> {
  const { folder, description, stoppedEarly, network, weights } = run;
  const { title = `Training in ${folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder}`, command } = options;
  const { file, dataset, notes } = await findData(run, options.data);
  const valid = dataset ? ensemblesOf(dataset, 'valid') : [];
  const { shapes, note } = await trainedShapes(run, valid, options);
  return {
    title,
    command,
    again: options.again?.(run),
    folder,
    description,
    ...errorsOf(run, dataset),
    parameters: countParameters(network.parameters),
    weightsHash: hashWeights(weights),
    stoppedEarly,
    dataset: dataset ? describeData(file, dataset, description.config.data.conformers) : null,
    noise: await measureNoise(run, valid, options),
    shapes,
    notes: [...notes, ...note],
  };
}

/** What was recorded of errors. Runs of 0.1.0 took the validation molecules for a test where there were none. */
function errorsOf(
  { metrics, best }: FinishedConformerRun,
  dataset: Dataset | undefined,
): Pick<FinishedConformerRun, 'metrics' | 'best'> {
  if (!dataset || ensemblesOf(dataset, 'test').length > 0) return { metrics, best };
  return {
    metrics: metrics.map(({ test: _, ...line }) => line),
    best: best && { epoch: best.epoch, valid: best.valid },
  };
}

async function findData(
  { description }: FinishedConformerRun,
  given: string | undefined,
): Promise<{ file: string; dataset: Dataset | undefined; notes: string[] }> {
  const file = given ?? description.config.data.file;
  try {
    const dataset = await readDataset(file);
    if (hashEnsembles(dataset.ensembles) === description.dataHash) return { file, dataset, notes: [] };
    const note = `${file} holds other conformers than the run was trained with; what is said of validation may be of training molecules.`;
    return { file, dataset, notes: [note] };
  } catch (error) {
    if (given !== undefined || !(error instanceof UserError)) throw error;
    const note = `The data set could not be read (${error.message}); errors by noise level and conformers are omitted.`;
    return { file, dataset: undefined, notes: [note] };
  }
}

function describeData(file: string, dataset: Dataset, most: number): ReportedDataset {
  const splits = splitNames.map((name) => {
    const ensembles = ensemblesOf(dataset, name);
    const conformers = ensembles.reduce((sum, ensemble) => sum + Math.min(most, ensemble.conformers.length), 0);
    return { name, isomers: ensembles.length, conformers };
  });
  return { file, splits };
}

async function measureNoise(
  { noiseRange: [low, high], network, weights }: FinishedConformerRun,
  valid: readonly Ensemble[],
  { seed = 1, signal }: ConformerTrainingReportOptions,
): Promise<ConformerTrainingReportData['noise']> {
  const some = evenly(valid, NOISED);
  if (some.length === 0) return { conformers: 0, errors: [] };
  const denoiser = await openDenoiser(await openRuntime(), compileDenoiser(network, weights), network.form);
  try {
    const sigmas = SIGMAS.filter((sigma) => sigma >= low && sigma <= high);
    const rng = Rng.fromSeed(seed).fork('noise');
    return { conformers: some.length, errors: await noiseErrors(denoiser, some, sigmas, { rng, signal }) };
  } finally {
    await denoiser.close();
  }
}
