import { checkConfig, parseConfig } from '../common/config.js';
import { UserError } from '../common/errors.js';
import { parseJsonc } from '../common/jsonc.js';
import { didYouMean } from '../common/nearest.js';
import type { RunConfig } from '../training/run-description.js';
import { withSetting } from '../training/settings.js';
import { requireStart } from '../training/start-run.node.js';
import { type SweptRun, sweptRuns, type VariedSetting } from '../training/sweep.js';
import { type KnownTask, tasks } from './tasks.js';
import { readConfigText } from './training.js';
import { parseSeeds, parseSetting, parseVaried } from './vary.js';

/** What a sweep is given. */
export interface SweepWords {
  readonly task?: string;
  readonly config?: string;
  readonly vary?: readonly string[];
  readonly set?: readonly string[];
  readonly seeds?: string;
  readonly data?: string;
  /** Weights to start from. */
  readonly from?: string;
}

/** What a sweep trains. */
export interface Sweep {
  readonly task: KnownTask;
  readonly varied: readonly VariedSetting[];
  readonly runs: readonly SweptRun<RunConfig>[];
}

/** Works out the runs of a sweep, all of them checked. @throws UserError for what cannot be trained */
export async function planSweep({ vary = [], set = [], seeds, data, from, ...words }: SweepWords): Promise<Sweep> {
  const varied = vary.map(parseVaried);
  const fixed = set.map(parseSetting);
  const both = fixed.find(({ key }) => varied.some((other) => other.key === key));
  if (both) throw new UserError(`${both.key} is both set and varied; do one of them`);
  const given = seeds === undefined ? undefined : parseSeeds(seeds);
  const { task, base: start } = await taskAndBase(words);
  const { config, place } = task;
  const base = fixed.reduce<object>((at, { key, value }) => withSetting(at, key, value), start);
  const { training } = checkConfig(config, base);
  const runs = sweptRuns({ config, base, varied, seeds: given ?? [training.seed] }).map((run) =>
    data === undefined || !place ? run : { ...run, config: place.move(run.config, data) },
  );
  for (const run of runs) {
    // Refuses options that do not fit together; what depends on the data is checked when they are read.
    if (!task.buildsFromData) task.build(run.config);
    await requireStart(task, run.config, from); // and weights of another network
  }
  return { task, varied, runs };
}

/** What is trained, and the settings to start from: named, told by a configuration file, or both. */
async function taskAndBase({ task: first, config: second }: SweepWords): Promise<{ task: KnownTask; base: object }> {
  const known = await Promise.all(tasks.map((load) => load()));
  const names = known.map(({ name }) => name);
  const named = known.find(({ name }) => name === first);
  const file = named ? second : first;
  if (first === undefined) throw new UserError(`say what to train: ${names.join(', ')}, or a configuration file`);
  if (!named && (second !== undefined || !/[./\\]/.test(first)))
    throw new UserError(`there is no task '${first}'${didYouMean(first, names)}; it takes ${names.join(' or ')}`);
  if (named && file === undefined) return { task: named, base: {} };
  const path = file ?? first;
  const text = await readConfigText(path);
  const base = withoutSchema(parseJsonc(text, path).value);
  const task = named ?? taskOf(base, known, path);
  parseConfig(task.config, text, path);
  return { task, base };
}

function withoutSchema(value: unknown): object {
  const { $schema: _, ...base } = { ...Object(value) };
  return base;
}

/** The task whose schema finds least to object to. @throws UserError where two find the same */
function taskOf(base: object, known: readonly KnownTask[], file: string): KnownTask {
  const objections = known.map(({ config }) => {
    const issues = config.safeParse(base).error?.issues ?? [];
    return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  });
  const [best, ...others] = known.filter((_, k) => objections[k] === Math.min(...objections));
  if (others.length === 0) return best;
  const names = [best, ...others].map(({ name }) => name).join(' or ');
  throw new UserError(`${file} does not tell what to train; name it before the file: ${names}`, { file });
}
