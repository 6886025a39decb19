import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseConfig } from '../../common/config.js';
import { UserError } from '../../common/errors.js';
import { didYouMean } from '../../common/nearest.js';
import { readError } from '../../files/file-errors.js';
import { type FieldName, fieldNames } from '../../models/system.js';
import { type NewtonConfig, newtonConfigSchema } from '../../newton/config.js';
import { publishedRecipe } from '../../newton/recipes.js';
import { type NewtonTrainResult, resumeTraining, startTraining } from '../../newton/train.js';
import { parseDevice } from '../../runtime/devices.js';
import type { Args, Context } from '../command.js';
import { checkoutCommit } from '../commit.js';
import { formatDuration } from '../format.js';
import type { Output } from '../output.js';
import { packageVersion } from '../version.js';
import type { trainSpec } from './train-spec.js';

type TrainArgs = Args<typeof trainSpec>;

/** Trains one network, or goes on training it. */
export async function run(context: Context, args: TrainArgs): Promise<void> {
  const { output, signal } = context;
  const { device = 'cpu' } = args;
  parseDevice(device);
  refuseContradictions(args);
  const start = performance.now();
  const common = {
    folder: args.out,
    version: packageVersion(),
    commit: checkoutCommit(),
    signal,
    ...progressEvents(output),
  };
  const result = args.resume
    ? await resumeTraining({ ...common, data: args.data })
    : await startTraining(await configOf(args), {
        ...common,
        workers: args.workers ?? availableParallelism(),
        device,
        force: args.force,
      });
  output.endProgress();
  if (!result.finished) {
    output.note(
      `stopped after ${result.checkpoint.progress.epoch} epochs; go on with: clofnet newton train --resume --out ${args.out}`,
    );
    signal.throwIfAborted();
  }
  summarize(output, result, (performance.now() - start) / 1000);
}

/** What to train is said once: a run that goes on has its configuration, and a file needs no recipe. */
function refuseContradictions({ resume, out, force: _force, data: _data, ...others }: TrainArgs): void {
  const given = Object.entries(others).filter(([, value]) => value !== undefined && value !== false);
  const names = given.map(([name]) => (name === 'config' ? 'the configuration file' : `--${name}`)).join(', ');
  if (resume && names !== '')
    throw new UserError(`--resume goes on with the run in ${out} as it was started; leave out ${names}`);
  if (others.config !== undefined && others.recipe !== undefined) {
    throw new UserError(`${others.config} says how to train; leave out --recipe`);
  }
}

/** The configuration: recipe or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<NewtonConfig> {
  const { recipe = 'es5', epochs } = args;
  const base =
    args.config === undefined ? publishedRecipe(recipe, { training: { epochs } }) : await readConfig(args.config);
  const { model, data, training } = base;
  return checked({
    model: {
      ...model,
      ...defined({
        model: args.model,
        frame: args.frame,
        scalarize: args.scalarize,
        charges: args.charges || undefined,
      }),
      ...(args.fields === undefined ? {} : { fields: parseFields(args.fields) }),
    },
    data: { ...data, ...defined({ directory: args.data, name: args.name, train: args.train }) },
    training: { ...training, ...defined({ epochs, batch: args.batch, rate: args.rate, seed: args.seed }) },
  });
}

/** @throws UserError naming the option that is out of range */
function checked(config: unknown): NewtonConfig {
  const parsed = newtonConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UserError(`--${String(path.at(-1))}: ${message.replace(/^Too (small|big): /, '')}`);
}

async function readConfig(path: string): Promise<NewtonConfig> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw readError(error, path);
  });
  return parseConfig(newtonConfigSchema, text, path);
}

function parseFields(list: string): FieldName[] {
  return list.split(',').map((part) => {
    const name = fieldNames.find((known) => known === part.trim());
    if (!name)
      throw new UserError(`--fields: there is no field '${part.trim()}'${didYouMean(part.trim(), fieldNames)}`);
    return name;
  });
}

const defined = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** A progress bar over the batches of an epoch, and a line for every evaluation. */
function progressEvents(output: Output) {
  let bar = output.progress('', 1);
  let current = 0;
  return {
    onStep({ epoch, batch, batches, loss }: { epoch: number; batch: number; batches: number; loss: number }): void {
      // The bar's clock starts now, after the first batch, which must not count.
      if (epoch !== current) bar = output.progress(`epoch ${epoch}`, batches, { initial: batch });
      current = epoch;
      bar.update(batch, `loss ${loss.toPrecision(3)}`);
    },
    onEpoch({
      epoch,
      train,
      valid,
      test,
      rate,
    }: {
      epoch: number;
      train: number;
      valid?: number;
      test?: number;
      rate: number;
    }): void {
      if (valid === undefined) return;
      const best = test === undefined ? '' : `  test ${test.toFixed(5)} (best so far)`;
      output.note(
        `epoch ${epoch}  rate ${rate.toPrecision(3)}  train ${train.toFixed(5)}  valid ${valid.toFixed(5)}${best}`,
      );
    },
  };
}

function summarize(output: Output, { checkpoint, description, files }: NewtonTrainResult, seconds: number): void {
  const { best, epoch, step } = checkpoint.progress;
  const { config, dataHash, workers } = description;
  const json = {
    model: config.model,
    best,
    epochs: epoch,
    steps: step,
    seed: config.training.seed,
    workers,
    dataHash,
    seconds,
    files,
  };
  output.result(json, () => [
    `trained ${config.model.model} for ${epoch} epochs in ${formatDuration(seconds)} by ${workers} threads, seed ${config.training.seed}`,
    best
      ? `  test error ${best.test.toFixed(5)} at the best validation error, ${best.valid.toFixed(5)} (epoch ${best.epoch})`
      : '  never evaluated',
    `  weights     ${files.weights}`,
    `  checkpoint  ${files.checkpoint}`,
    `  metrics     ${files.metrics}`,
  ]);
}
