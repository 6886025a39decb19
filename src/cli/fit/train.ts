import { namedQuantities } from '../../fit/quantity-config.js';
import { type FitConfig, fitConfigSchema } from '../../fit/training/config.js';
import { fitRuns } from '../../fit/training/fit-runs.node.js';
import type { FitRunConfig } from '../../fit/training/found.js';
import type { Args, Context } from '../command.js';
import { checkedConfig, otherSchedule, readConfig, refuseBesideResume } from '../training.js';
import { summarizeRun, trainRun } from '../training-run.js';
import { fitTrainSpec } from './train-spec.js';

type TrainArgs = Args<typeof fitTrainSpec>;

/** Trains one network, or continues training it. */
export async function run(context: Context, args: TrainArgs): Promise<void> {
  const { out, resume, force, data, ...others } = args;
  if (resume) refuseBesideResume(out, { force, ...others });
  const moved = resume ? data[0] : undefined;
  const ended = await trainRun<FitRunConfig, unknown>(context, fitRuns as never, { ...args, data: moved }, () =>
    configOf(args),
  );
  const { model, found } = ended.description.config;
  const learned = (found?.targets ?? []).map(({ name }) => name).join(' and ');
  summarizeRun(context.output, ended, { title: `${model.encoder} on ${learned}`, json: { model } });
}

/** The configuration: defaults or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<FitConfig> {
  const { config: path, data: files } = args;
  const base = path === undefined ? fitConfigSchema.parse({}) : await readConfig(fitConfigSchema, path);
  const given = files.length > 0 ? { ...base, data: { ...base.data, files: [...files] } } : base;
  const [targets, inputs] = [args.targets, args.inputs].map((list) =>
    list === undefined ? undefined : namedQuantities(list.split(',')),
  );
  const schedule = otherSchedule(base, args.schedule);
  return checkedConfig(fitConfigSchema, given, fitTrainSpec, { ...args, targets, inputs, schedule });
}
