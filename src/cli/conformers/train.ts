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
import { checkedConfig, defined, readConfig, refuseBesideResume } from '../training.js';
import { summarizeRun, trainRun } from '../training-run.js';
import type { conformersTrainSpec } from './train-spec.js';
import { writeTrainingReport } from './training-report.js';

type TrainArgs = Args<typeof conformersTrainSpec>;

/** Which network a configuration file is of, where it says so. */
const statedNetworkSchema = z.looseObject({ network: z.enum(conformerNetworkNames).optional() });

/** Trains one network, or goes on training it. */
export async function run(context: Context, args: TrainArgs): Promise<void> {
  const { out, resume, force, data: _, ...others } = args;
  if (resume) refuseBesideResume(out, { force, ...others });
  const ended = await trainRun(context, await openConformerRuns(), args, () => configOf(args));
  const { model, network } = ended.description.config;
  const { name, title } = conformerNetworkOf(network);
  const reported = await report(context, out, args.workers);
  summarizeRun(context.output, ended, { title: `a ${title}`, json: { network: name, model } }, reported);
}

/** Writes the report into the run's folder. The run is saved: what is wrong with its report is told, and no more. */
async function report({ output, signal }: Context, folder: string, workers?: number): Promise<string | null> {
  const out = join(folder, 'report.html');
  try {
    const { notes } = await writeTrainingReport(folder, { out, workers, signal });
    for (const note of notes) output.warn(note);
    return out;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    output.warn(`there is no report: ${error.message}`);
    return null;
  }
}

/** The configuration: defaults or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<ConformerConfig> {
  const { base, network } = await baseConfig(args);
  const { hidden, layers, vectors, epochs, batch, rate, seed } = args;
  const sizes = defined({ hidden, layers, vectors });
  for (const option of Object.keys(sizes)) await requireOption(option, network);
  const { config: schema } = await network.trainee();
  return checkedConfig<ConformerConfig>(schema, {
    ...base,
    model: { ...base.model, ...sizes },
    data: { ...base.data, ...defined({ file: args.data }) },
    training: { ...base.training, ...defined({ epochs, batch, rate, seed }) },
  });
}

async function baseConfig({ config: file, network }: TrainArgs) {
  const stated = file === undefined ? { network } : await readConfig(statedNetworkSchema, file);
  if (network !== undefined && stated.network !== undefined && stated.network !== network) {
    throw new UserError(`${file} is of the network ${stated.network}, and --network is ${network}; leave out one`);
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
    throw new UserError(`--${option} is of the ${other.title}; the ${network.title} has none, so leave it out`);
  }
}
