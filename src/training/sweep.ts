import type { z } from 'zod';
import { checkConfig } from '../common/config.js';
import { UserError } from '../common/errors.js';
import type { RunConfig } from './run-description.js';
import { shortNames, valueText, withSetting } from './settings.js';

/** A setting, and the values that a sweep gives it. */
export interface VariedSetting {
  /** `model.layers` */
  readonly key: string;
  readonly values: readonly unknown[];
}

/** One of the runs of a sweep. */
export interface SweptRun<Config extends RunConfig> {
  /** Of its folder: `layers=4,rate=0.01,seed=1`. */
  readonly name: string;
  readonly config: Config;
}

/** What a sweep tries. */
export interface SweepPlan<Config extends RunConfig> {
  /** Of all configurations. */
  readonly config: z.ZodType<Config>;
  /** The settings that all runs share, as they stand in a configuration file; what it leaves out has its default. */
  readonly base: object;
  readonly varied: readonly VariedSetting[];
  /** Every combination of values is trained once with each. */
  readonly seeds: readonly number[];
}

/**
 * The runs of a sweep: every combination of the values, with every seed. One seed is done before the next begins, so that
 * all combinations can be compared early.
 * @throws UserError for a combination that is no configuration, and for two that would have one name
 */
export function sweptRuns<Config extends RunConfig>({
  config,
  base,
  varied,
  seeds,
}: SweepPlan<Config>): SweptRun<Config>[] {
  const twice = varied.find(({ key }, k) => varied.findIndex((other) => other.key === key) < k);
  if (twice) throw new UserError(`${twice.key} is varied twice; give all of its values at once`);
  if (varied.some(({ key }) => key === 'training.seed'))
    throw new UserError('training.seed is varied', { remedy: { setting: 'seeds' } });
  const words = shortNames(varied.map(({ key }) => key));
  const runs = seeds.flatMap((seed) =>
    combinations(varied).map((values) => {
      const checked = configOf(config, base, varied, values);
      const parts = values.map((value, k) => `${words[k]}=${fileWord(value)}`);
      return {
        name: [...parts, `seed=${seed}`].join(','),
        config: { ...checked, training: { ...checked.training, seed } },
      };
    }),
  );
  const repeated = runs.find(({ name }, k) => runs.findIndex((other) => other.name === name) < k);
  if (repeated) throw new UserError(`two runs would be called ${repeated.name}; give every value and seed once`);
  return runs;
}

/** Every choice of one value each, the last setting changing fastest. */
const combinations = (varied: readonly VariedSetting[]): unknown[][] =>
  varied.reduce<unknown[][]>(
    (before, { values }) => before.flatMap((first) => values.map((value) => [...first, value])),
    [[]],
  );

/** The configuration of a combination. @throws UserError that names the setting at fault, or all that are varied */
function configOf<Config>(
  schema: z.ZodType<Config>,
  base: object,
  varied: readonly VariedSetting[],
  values: readonly unknown[],
): Config {
  const given = values.reduce<object>((config, value, k) => withSetting(config, varied[k].key, value), base);
  try {
    return checkConfig(schema, given);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { key = '' } = error.details;
    const concerns = (k: number): boolean => isWithin(varied[k].key, key) || isWithin(key, varied[k].key);
    const all = values.map((value, k) => ({ text: `${varied[k].key}=${valueText(value)}`, own: concerns(k) }));
    const own = all.filter((one) => one.own);
    const where = (own.length > 0 ? own : all).map(({ text }) => text).join(', ');
    throw new UserError(`${where}: ${error.problem}`, { ...error.details, cause: error });
  }
}

/** Whether a key is that of a section, or of something in it. */
const isWithin = (key: string, section: string): boolean => `${key}.`.startsWith(`${section}.`);

/** A value as part of a folder's name, on every system. */
const fileWord = (value: unknown): string =>
  valueText(value)
    .replace(/["{}[\]]/g, '')
    .replace(/[^\p{L}\p{N}_.+-]+/gu, '-');
