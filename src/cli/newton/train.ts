import { availableParallelism } from 'node:os';
import { UserError } from '../../common/errors.js';
import { type FieldName, fieldNames } from '../../newton/networks/system.js';
import { type NewtonConfig, newtonConfigSchema } from '../../newton/training/config.js';
import { publishedRecipe } from '../../newton/training/recipes.js';
import { type NewtonTrainResult, resumeTraining, startTraining } from '../../newton/training/train.node.js';
import { shellWord } from '../../report/format.js';
import { parseDevice } from '../../runtime/devices.js';
import type { Args, Context } from '../command.js';
import { checkoutCommit } from '../commit.js';
import { formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import { checkedConfig, defined, progressEvents, readConfig, refuseBesideResume } from '../training.js';
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
    const { epoch } = result.checkpoint.progress;
    const command = `clofnet newton train --resume --out ${shellWord(args.out)}`;
    output.note(`stopped after ${many(epoch, 'epoch')}; go on with: ${command}`);
    signal.throwIfAborted();
  }
  summarize(output, result, (performance.now() - start) / 1000);
}

/** What to train is said once: a file needs no recipe. A run is gone on with or replaced. */
function refuseContradictions({ resume, out, force, data: _data, ...others }: TrainArgs): void {
  if (resume) refuseBesideResume(out, { force, ...others });
  if (others.config !== undefined && others.recipe !== undefined) {
    throw new UserError(`${others.config} says how to train; leave out --recipe`);
  }
}

/** The configuration: recipe or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<NewtonConfig> {
  const { recipe = 'es5', epochs } = args;
  const base =
    args.config === undefined
      ? publishedRecipe(recipe, { training: { epochs } })
      : await readConfig(newtonConfigSchema, args.config);
  const { model, data, training } = base;
  return checkedConfig(newtonConfigSchema, {
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

function parseFields(list: string): FieldName[] {
  return list.split(',').map((part) => {
    const name = fieldNames.find((known) => known === part.trim());
    if (!name)
      throw new UserError(`--fields: there is no field '${part.trim()}'; it takes ${fieldNames.join(', ')} or both`);
    return name;
  });
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
    `trained ${config.model.model} for ${many(epoch, 'epoch')} in ${formatDuration(seconds)} by ${many(workers, 'thread')}, seed ${config.training.seed}`,
    best
      ? `  test error ${best.test.toFixed(5)} at the best validation error, ${best.valid.toFixed(5)} (epoch ${best.epoch})`
      : '  never evaluated',
    `  weights     ${files.weights}`,
    `  checkpoint  ${files.checkpoint}`,
    `  metrics     ${files.metrics}`,
  ]);
}
