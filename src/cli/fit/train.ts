import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { conventionalOf } from '../../fit/conventional.js';
import type { FitReportData } from '../../fit/evaluation/report-types.js';
import { namedQuantities } from '../../fit/quantity-config.js';
import { type FitConfig, fitConfigSchema } from '../../fit/training/config.js';
import { type FitGeometries, fitRunsOn, readFitGeometries } from '../../fit/training/fit-runs.node.js';
import type { FitRunConfig, FitSets } from '../../fit/training/found.js';
import type { Args, Context } from '../command.js';
import { namesFor } from '../flags.js';
import { checkedConfig, otherSchedule, readConfig, refuseBesideResume } from '../training.js';
import { summarizeRun, trainRun } from '../training-run.js';
import { errorLines } from './errors-table.js';
import { fitTrainSpec } from './train-spec.js';
import { writeFitReport } from './write-report.js';

type TrainArgs = Args<typeof fitTrainSpec>;

/** Trains one network, or continues training it. */
export async function run(context: Context, args: TrainArgs): Promise<void> {
  const { out, resume, force, data, ...others } = args;
  if (resume) refuseBesideResume(out, { force, ...others });
  let geometries: FitGeometries | undefined;
  const runs = fitRunsOn(async (config) => {
    geometries = await readFitGeometries(config);
    return geometries;
  });
  const ended = await trainRun<FitRunConfig, FitSets>(context, runs, { ...args, data: movedTo(data, resume) }, () =>
    configOf(args),
  );
  const { model, found } = ended.description.config;
  const learned = (found?.targets ?? []).map(({ name }) => name).join(' and ');
  const { report, part, evaluation } = await reportOn(context, out, geometries);
  summarizeRun(
    context.output,
    ended,
    { title: `${model.encoder} on ${learned}`, json: { model, part, errors: evaluation?.targets } },
    report,
    evaluation ? [`errors on the ${part} part:`, ...errorLines(evaluation.targets)] : [],
  );
}

/** Where the geometries of a run that continues are now. */
function movedTo(data: readonly string[], resume: boolean): string | undefined {
  if (resume && data.length > 1)
    throw new UserError('--resume continues with the files of the run; of those that have moved, give the folder');
  return resume ? data[0] : undefined;
}

/** What follows a blank in a list of names is taken as a file. */
async function refuseNames(files: readonly string[], { targets, inputs }: TrainArgs): Promise<void> {
  if (targets === undefined && inputs === undefined) return;
  for (const name of files) {
    if (conventionalOf(name.replace(/,.*/, '')) === undefined || (await stat(name).catch(() => undefined))) continue;
    throw new UserError(
      `there is no file ${name}; names of targets and inputs are separated by commas alone: energy,forces`,
    );
  }
}

type Reported = Partial<Pick<FitReportData, 'part' | 'evaluation'>> & { readonly report: string | null };

/** Writes the report into the run's folder. The run is saved: what is wrong with its report is only a warning. */
async function reportOn(
  { output, signal }: Context,
  folder: string,
  geometries: FitGeometries | undefined,
): Promise<Reported> {
  const out = join(folder, 'report.html');
  try {
    const { part, evaluation, notes } = await writeFitReport(folder, { out, geometries, signal });
    for (const note of notes) output.warn(note);
    return { report: out, part, evaluation };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    output.warn(`could not write the report: ${error.describe(namesFor(fitTrainSpec))}`);
    return { report: null };
  }
}

/** The configuration: defaults or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<FitConfig> {
  const { config: path, data: files } = args;
  const base = path === undefined ? fitConfigSchema.parse({}) : await readConfig(fitConfigSchema, path);
  await refuseNames(files, args);
  const given = files.length > 0 ? { ...base, data: { ...base.data, files: [...files] } } : base;
  if (given.data.files.length === 0)
    throw new UserError(
      'there is nothing to learn from; give files of geometries, or data.files in a configuration file',
    );
  const [targets, inputs] = [args.targets, args.inputs].map((list) =>
    list === undefined ? undefined : namedQuantities(list.split(',')),
  );
  const schedule = otherSchedule(base, args.schedule);
  return checkedConfig(fitConfigSchema, given, fitTrainSpec, { ...args, targets, inputs, schedule });
}
