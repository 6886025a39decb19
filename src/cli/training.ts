import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { parseConfig } from '../common/config.js';
import { UserError } from '../common/errors.js';
import { errorCode, readError } from '../files/file-errors.node.js';
import type { RunOptions } from '../training/run.node.js';
import type { Output } from './output.js';

/** Reads a configuration file. @throws UserError naming the line at fault */
export async function readConfig<Config>(schema: z.ZodType<Config>, path: string): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'EISDIR')
      throw new UserError(`${path} is a folder, not a configuration file; data to train on are given by --data`);
    throw readError(error, path);
  });
  return parseConfig(schema, text, path);
}

/** Checks a configuration with what options change of it. @throws UserError naming the option that is out of range */
export function checkedConfig<Config>(schema: z.ZodType<Config>, config: unknown): Config {
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UserError(`--${String(path.at(-1))}: ${message.replace(/^Too (small|big): /, '')}`);
}

/** What to train is said once: a run that goes on has its configuration. */
export function refuseBesideResume(out: string, others: Readonly<Record<string, unknown>>): void {
  if (others.force === true)
    throw new UserError('--resume goes on with a run and --force replaces it; give one of them');
  const given = Object.entries(others).filter(([, value]) => value !== undefined && value !== false);
  const names = given.map(([name]) => (name === 'config' ? 'the configuration file' : `--${name}`)).join(', ');
  if (names !== '')
    throw new UserError(`--resume goes on with the run in ${out} as it was started; leave out ${names}`);
}

/** The options that were given. */
export const defined = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

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
    onEpoch({ epoch, train, valid, test, rate }) {
      if (valid === undefined) return;
      const best = test === undefined ? '' : `  test ${test.toFixed(5)} (best so far)`;
      output.note(
        `epoch ${epoch}  rate ${rate.toPrecision(3)}  train ${train.toFixed(5)}  valid ${valid.toFixed(5)}${best}`,
      );
    },
  };
}
