import { UserError } from '../../common/errors.js';
import { type FieldName, fieldNames } from '../../newton/networks/system.js';
import { type NewtonConfig, newtonConfigSchema } from '../../newton/training/config.js';
import { newtonRuns } from '../../newton/training/newton-runs.node.js';
import { type RecipeName, recipeConfig } from '../../newton/training/recipes.js';
import type { Args, Context } from '../command.js';
import type { Output } from '../output.js';
import { checkedConfig, otherSchedule, readConfig, refuseBesideResume } from '../training.js';
import { summarizeRun, trainRun } from '../training-run.js';
import { trainSpec } from './train-spec.js';

type TrainArgs = Args<typeof trainSpec>;

/** Trains one network, or continues training it. */
export async function run(context: Context, args: TrainArgs): Promise<void> {
  refuseContradictions(args);
  const ended = await trainRun(context, saying(context.output), args, () => configOf(args));
  const { model } = ended.description.config;
  summarizeRun(context.output, ended, { title: model.model, json: { model } });
}

/** The runs, which say what they have found in files in extended XYZ. */
const saying = (output: Output): typeof newtonRuns => ({
  ...newtonRuns,
  async load(given, from) {
    const loaded = await newtonRuns.load(given, from);
    const { directory, train, spacing, charges } = (loaded.config ?? given).data;
    if (charges === undefined) return loaded;
    const [valid, test] = [loaded.data.valid, loaded.data.test].map(({ first }) => first.length);
    const time = spacing ? `snapshots ${spacing} apart` : 'no times';
    const charged = charges ? 'charges' : 'no charges: all are 0';
    output.note(`${directory}: ${train} train, ${valid} valid, ${test} test trajectories; ${time}; ${charged}`);
    return loaded;
  },
});

/** What to train is said once: a file needs no recipe. A run is continued or replaced. */
function refuseContradictions({ resume, out, force, data: _data, ...others }: TrainArgs): void {
  if (resume) refuseBesideResume(out, { force, ...others });
  if (others.config !== undefined && others.recipe !== undefined) {
    throw new UserError(`${others.config} says how to train; remove --recipe`);
  }
}

/** The configuration: recipe or file, and what options change of it. */
async function configOf(args: TrainArgs): Promise<NewtonConfig> {
  const { recipe = 'es5', epochs } = args;
  const base =
    args.config === undefined
      ? recipeConfig(recipe as RecipeName, { training: { epochs } })
      : await readConfig(newtonConfigSchema, args.config);
  const fields = args.fields === undefined ? undefined : parseFields(args.fields);
  const [scalars, vectors] = [args.scalars, args.vectors].map((list) => list?.split(',').map((name) => name.trim()));
  const windows = args.windows === undefined || args.windows === 'all' ? args.windows : Number(args.windows);
  const schedule = otherSchedule(base, args.schedule);
  return checkedConfig(newtonConfigSchema, base, trainSpec, { ...args, fields, scalars, vectors, windows, schedule });
}

function parseFields(list: string): FieldName[] {
  return list.split(',').map((part) => {
    const name = fieldNames.find((known) => known === part.trim());
    if (!name)
      throw new UserError(`--fields: there is no field '${part.trim()}'; it takes ${fieldNames.join(', ')} or both`);
    return name;
  });
}
