import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { type ConformerConfig, conformerConfigSchemas, statedNetworkSchema } from '../../conformers/training/config.js';
import {
  type ConformerTrainResult,
  resumeConformerTraining,
  startConformerTraining,
} from '../../conformers/training/train.node.js';
import { shellWord } from '../../report/format.js';
import { parseDevice } from '../../runtime/devices.js';
import type { Args, Context } from '../command.js';
import { checkoutCommit } from '../commit.js';
import { namesFor } from '../flags.js';
import { formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import { checkedConfig, progressEvents, readConfig, refuseBesideResume } from '../training.js';
import { packageVersion } from '../version.js';
import { conformersTrainSpec } from './train-spec.js';
import { writeTrainingReport } from './training-report.js';

type TrainArgs = Args<typeof conformersTrainSpec>;

/** Trains one network, or goes on training it. */
export async function run({ output, signal }: Context, args: TrainArgs): Promise<void> {
  const { device = 'cpu', out, resume, force, data, from, ...others } = args;
  parseDevice(device);
  if (resume) refuseBesideResume(out, { force, ...others, device: args.device, from });
  const start = performance.now();
  const common = { folder: out, signal, ...progressEvents(output) };
  const result = resume
    ? await resumeConformerTraining({ ...common, data })
    : await startConformerTraining(await configOf(args), {
        ...common,
        version: packageVersion(),
        commit: checkoutCommit(),
        workers: args.workers ?? availableParallelism(),
        device,
        from,
        force,
      });
  output.endProgress();
  if (!result.finished) {
    const { epoch } = result.checkpoint.progress;
    const command = `clofnet conformers train --resume --out ${shellWord(out)}`;
    output.note(`stopped after ${many(epoch, 'epoch')}; go on with: ${command}`);
    signal.throwIfAborted();
  }
  const seconds = (performance.now() - start) / 1000;
  summarize(output, result, seconds, await report({ output, signal }, out, args.workers));
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
    output.warn(`there is no report: ${error.describe(namesFor(conformersTrainSpec))}`);
    return null;
  }
}

/** The configuration: defaults or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<ConformerConfig> {
  const base = await baseConfig(args);
  const { network = 'denoiser' } = base;
  if (network === 'score' && args.vectors !== undefined) {
    throw new UserError('--vectors is of the denoiser; the score network has none, so leave it out');
  }
  return checkedConfig<ConformerConfig>(conformerConfigSchemas[network], base, conformersTrainSpec, args);
}

async function baseConfig({ config: file, network }: TrainArgs): Promise<ConformerConfig> {
  if (file === undefined) return conformerConfigSchemas[network ?? 'denoiser'].parse({});
  const { network: stated = network } = await readConfig(statedNetworkSchema, file);
  if (network !== undefined && stated !== network) {
    throw new UserError(`${file} is of the network ${stated}, and --network is ${network}; leave out one`);
  }
  return readConfig<ConformerConfig>(conformerConfigSchemas[stated ?? 'denoiser'], file);
}

function summarize(output: Output, result: ConformerTrainResult, seconds: number, reported: string | null): void {
  const { checkpoint, description } = result;
  const files = { ...result.files, report: reported };
  const { best, epoch, step } = checkpoint.progress;
  const { config, dataHash, workers } = description;
  const { seed } = config.training;
  const { network = 'denoiser' } = config;
  const json = {
    network,
    model: config.model,
    best,
    epochs: epoch,
    steps: step,
    seed,
    workers,
    dataHash,
    seconds,
    files,
  };
  output.result(json, () => [
    `trained a ${network === 'score' ? 'score network' : network} for ${many(epoch, 'epoch')} in ${formatDuration(seconds)} by ${many(workers, 'thread')}, seed ${seed}`,
    best
      ? `  test error ${best.test.toFixed(5)} at the best validation error, ${best.valid.toFixed(5)} (epoch ${best.epoch})`
      : '  never evaluated',
    `  weights     ${files.weights}`,
    `  checkpoint  ${files.checkpoint}`,
    `  metrics     ${files.metrics}`,
    ...(reported === null ? [] : [`  report      ${reported}`]),
  ]);
}
