import { UserError } from '../../common/errors.js';
import { countParameters } from '../../nn/index.js';
import { openRuntime } from '../../runtime/open-runtime.node.js';
import type { GeometrySet } from '../data/geometry-set.js';
import { openFitPredictor } from '../network/predictor.js';
import { type FinishedFitRun, geometriesOfRun, partOfRun } from '../training/finished-run.node.js';
import type { FitGeometries } from '../training/fit-runs.node.js';
import { type ComparedGeometries, compareGeometries } from './evaluate.js';
import type { FitReportData, ReportedTarget } from './report-types.js';
import { type ComparedTarget, type TargetErrors, worstGeometries } from './target-errors.js';

/** How a report is made. */
export interface FitReportOptions {
  readonly title?: string;
  /** The command that makes the report. */
  readonly command: string;
  /** The command that trains a run again, with its configuration as config.json; left out where there is none. */
  readonly again?: (run: FinishedFitRun) => string;
  /** Where the geometries are now; default where they were. */
  readonly data?: readonly string[];
  /** The geometries, where they have been read. */
  readonly geometries?: FitGeometries;
  readonly signal?: AbortSignal;
}

/** Points of a parity plot, and geometries that are named as the worst. */
const [POINTS, WORST] = [1500, 5];

/**
 * Collects what a report on a run shows: its errors on the test part, or where there is none on the validation part.
 * @throws UserError if `data` was given and cannot be read, or holds other geometries
 */
export async function buildFitReport(run: FinishedFitRun, options: FitReportOptions): Promise<FitReportData> {
  const { folder, description, metrics, best, stoppedEarly, network } = run;
  const { title = `Training in ${folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder}`, command } = options;
  const { geometries, notes } = await findGeometries(run, options);
  const part = geometries && (geometries.split.test.length > 0 ? 'test' : 'valid');
  const set = geometries && part && partOfRun(geometries, part, folder);
  const found = set && (await compare(run, set, options));
  return {
    title,
    command,
    again: options.again?.(run),
    ...{ folder, description, metrics, best, stoppedEarly },
    parameters: countParameters(network.parameters),
    part: found && part ? part : null,
    evaluation: found?.evaluation ?? null,
    targets: found ? found.compared.map((one, k) => reported(set, one, found.evaluation.targets[k])) : [],
    notes,
  };
}

async function findGeometries(
  run: FinishedFitRun,
  { geometries, data }: FitReportOptions,
): Promise<{ readonly geometries?: FitGeometries; readonly notes: string[] }> {
  if (geometries) return { geometries, notes: [] };
  try {
    return { geometries: await geometriesOfRun(run, data), notes: [] };
  } catch (error) {
    if (data !== undefined || !(error instanceof UserError)) throw error;
    return { notes: [`The geometries could not be read (${error.problem}); errors are omitted.`] };
  }
}

async function compare(
  { network, weights }: FinishedFitRun,
  set: GeometrySet,
  { signal }: FitReportOptions,
): Promise<ComparedGeometries> {
  const predictor = await openFitPredictor(await openRuntime(), network, weights);
  try {
    return await compareGeometries(predictor, set, { signal });
  } finally {
    await predictor.close();
  }
}

function reported(set: GeometrySet, compared: ComparedTarget, errors: TargetErrors): ReportedTarget {
  const { values, predicted } = compared;
  const { width, data, present } = values;
  const places = Array.from(data.keys()).filter((k) => present[Math.floor(k / width)]);
  const some = places.filter(
    (_, k) => Math.floor((k * POINTS) / places.length) !== Math.floor(((k - 1) * POINTS) / places.length),
  );
  const shown = places.length <= POINTS ? places : some;
  return {
    errors,
    known: Float64Array.from(shown, (k) => data[k]),
    predicted: Float64Array.from(shown, (k) => predicted[k]),
    deviations: Float64Array.from(places, (k) => predicted[k] - data[k]),
    worst: worstGeometries(set, compared, WORST),
  };
}
