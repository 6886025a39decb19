import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { show } from '../common/checks.js';
import { parseConfig } from '../common/config.js';
import { UserError } from '../common/errors.js';
import { expectation } from '../common/expectation.js';
import { errorCode, readError } from '../files/file-errors.node.js';
import { shellWord } from '../report/format.js';
import type { RunOptions } from '../training/run.node.js';
import type { RunConfig, RunDescription } from '../training/run-description.js';
import type { CommandSpec } from './command.js';
import { flagOf } from './flags.js';
import { formatEpoch } from './format.js';
import type { Output } from './output.js';

/** Reads a configuration file. @throws UserError naming the line at fault */
export async function readConfig<Config>(schema: z.ZodType<Config>, path: string): Promise<Config> {
  return parseConfig(schema, await readConfigText(path), path);
}

/** The text of a configuration file. @throws UserError if it cannot be read */
export const readConfigText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'EISDIR')
      throw new UserError(`${path} is a folder, not a configuration file; give data to train on with --data`);
    throw readError(error, path);
  });

/**
 * A configuration with what options change of it, each the key that it {@link OptionSpec.sets}.
 * @throws UserError about the setting that is out of range
 */
export function checkedConfig<Config>(
  schema: z.ZodType<Config>,
  base: object,
  { options }: CommandSpec,
  args: Readonly<Record<string, unknown>>,
): Config {
  let config = base;
  for (const [name, { sets }] of Object.entries(options))
    if (sets?.includes('.') && args[name] !== undefined && args[name] !== false)
      config = withValue(config, sets.split('.'), args[name]);
  const parsed = schema.safeParse(config, { error: expectation });
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const value = path.reduce<unknown>((at, key) => Object(at)[key], config);
  throw new UserError(`is ${show(value)}; ${message}`, { code: 'config', about: path.join('.') });
}

/** An object with another value at a path. */
const withValue = (object: object, [key, ...rest]: readonly string[], value: unknown): object => ({
  ...object,
  [key]: rest.length === 0 ? value : withValue({ ...Object(object)[key] }, rest, value),
});

/** The schedule of the kind that was asked for, as its defaults have it; none where the configuration has that kind. */
export const otherSchedule = (base: RunConfig, kind: string | undefined): object | undefined =>
  kind === undefined || kind === base.training.schedule.kind ? undefined : { kind };

/** What to train is said once: a run that continues has its configuration. */
export function refuseBesideResume(out: string, others: Readonly<Record<string, unknown>>): void {
  if (others.force === true) throw new UserError('--resume continues a run and --force replaces it; give only one');
  const given = Object.entries(others).filter(([, value]) => value !== undefined && value !== false);
  const names = given.map(([name]) => (name === 'config' ? 'the configuration file' : flagOf(name))).join(', ');
  if (names === '') return;
  const longer =
    others.epochs === undefined
      ? ''
      : `; to train for longer, start another run from its weights: --from ${shellWord(join(out, 'weights.safetensors'))} --out …`;
  throw new UserError(`--resume continues the run in ${out} as it was started; remove ${names}${longer}`);
}

/** The command line that trains a run again, with its configuration as config.json. @param command `newton train` */
export const trainAgain =
  (command: string) =>
  ({ folder, description: { workers, device, origin } }: Trained): string => {
    const from = z.object({ from: z.object({ file: z.string() }) }).safeParse(origin).data?.from.file;
    const start = from === undefined ? [] : ['--from', from];
    const words = ['config.json', ...start, '--workers', `${workers}`, '--device', device, '--out', folder];
    return ['clofnet', command, ...words.map(shellWord)].join(' ');
  };

interface Trained {
  readonly folder: string;
  readonly description: Pick<RunDescription<RunConfig>, 'workers' | 'device' | 'origin'>;
}

/** A progress bar over the batches of an epoch, and a line for every evaluation. */
export function progressEvents(output: Output): Pick<RunOptions, 'onStep' | 'onEpoch'> {
  let bar = output.progress('', 1);
  let current = 0;
  return {
    onStep({ epoch, batch, batches, loss }) {
      // The bar's clock starts now, after the first batch, which must not count.
      if (epoch !== current) bar = output.progress(`epoch ${epoch}`, batches, { initial: batch });
      current = epoch;
      bar.update(batch, `loss ${loss.toPrecision(3)}`);
    },
    onEpoch({ epoch, train, valid, test, rate }, isBest) {
      if (valid === undefined) return;
      const errors = Object.entries({ train, valid, test }).flatMap(([name, error]) =>
        error === undefined ? [] : [`${name} ${error.toFixed(5)}`],
      );
      const line = [`epoch ${formatEpoch(epoch)}`, `rate ${rate.toPrecision(3)}`, ...errors].join('  ');
      output.note(isBest ? `${line} (best so far)` : line);
    },
  };
}
