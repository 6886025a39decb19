import { join } from 'node:path';
import { z } from 'zod';
import { configSchemaJson, keysAt } from '../../common/config-schema.js';
import { UserError } from '../../common/errors.js';
import { openConformerRuns } from '../../conformers/training/conformer-runs.node.js';
import {
  conformerNetworkNames,
  conformerNetworkOf,
  conformerNetworks,
} from '../../conformers/training/network-list.js';
import type { ConformerConfig, ConformerNetworkRecord } from '../../conformers/training/network-record.js';
import type { Args, Context } from '../command.js';
import { namesFor } from '../flags.js';
import { checkedConfig, otherSchedule, readConfig, refuseBesideResume } from '../training.js';
import { summarizeRun, trainRun } from '../training-run.js';
import { conformersTrainSpec } from './train-spec.js';
import { writeTrainingReport } from './training-report.js';

type TrainArgs = Args<typeof conformersTrainSpec>;

/** Which network a configuration file is of, where it says so. */
const statedNetworkSchema = z.looseObject({ network: z.enum(conformerNetworkNames).optional() });

/** Trains one network, or continues training it. */
export async function run(context: Context, args: TrainArgs): Promise<void> {
  const { out, resume, force, data: _, ...others } = args;
  if (resume) refuseBesideResume(out, { force, ...others });
  const ended = await trainRun(context, await openConformerRuns(), args, () => configOf(args));
  const { model, network } = ended.description.config;
  const { name, title } = conformerNetworkOf(network);
  const reported = await report(context, out, args.workers);
  summarizeRun(context.output, ended, { title: `a ${title}`, json: { network: name, model } }, reported);
}

/** Writes the report into the run's folder. The run is saved: what is wrong with its report is only a warning. */
async function report({ output, signal }: Context, folder: string, workers?: number): Promise<string | null> {
  const out = join(folder, 'report.html');
  try {
    const { notes } = await writeTrainingReport(folder, { out, workers, signal });
    for (const note of notes) output.warn(note);
    return out;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    output.warn(`could not write the report: ${error.describe(namesFor(conformersTrainSpec))}`);
    return null;
  }
}

/** The configuration: defaults or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<ConformerConfig> {
  const { base, network } = await baseConfig(args);
  const { hidden, layers, vectors } = args;
  for (const [option, value] of Object.entries({ hidden, layers, vectors }))
    if (value !== undefined) await requireOption(option, network);
  const { config: schema } = await network.trainee();
  const schedule = otherSchedule(base, args.schedule);
  return checkedConfig<ConformerConfig>(schema, base, conformersTrainSpec, { ...args, schedule });
}

async function baseConfig({ config: file, network }: TrainArgs) {
  const stated = file === undefined ? { network } : await readConfig(statedNetworkSchema, file);
  if (network !== undefined && stated.network !== undefined && stated.network !== network) {
    throw new UserError(`${file} configures the ${stated.network} network but --network is ${network}; give only one`);
  }
  const record = conformerNetworkOf(stated.network ?? network);
  const { config: schema } = await record.trainee();
  const base: ConformerConfig = file === undefined ? schema.parse({}) : await readConfig(schema, file);
  return { base, network: record };
}

/** Refuses an option that a network has not, but others have. */
async function requireOption(option: string, network: ConformerNetworkRecord): Promise<void> {
  const takes = async ({ trainee }: ConformerNetworkRecord): Promise<boolean> =>
    keysAt(configSchemaJson((await trainee()).config), ['model']).includes(option);
  if (await takes(network)) return;
  for (const other of conformerNetworks) {
    if (!(await takes(other))) continue;
    throw new UserError(`--${option} applies only to the ${other.title}; remove it for the ${network.title}`);
  }
}
