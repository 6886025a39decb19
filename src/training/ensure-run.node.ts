import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../common/errors.js';
import { anotherFile } from '../common/remedy.js';
import { readComparedRun } from './compared-run.node.js';
import type { RunConfig } from './run-description.js';
import { hasRun } from './run-folder.node.js';
import { allSettings, settingOf, valueText } from './settings.js';
import { type RunStart, type RunTrainee, resumeRun, startRun } from './start-run.node.js';

/** How a run came to be there. */
export interface EnsuredRun {
  /** False where the signal stopped it. */
  readonly finished: boolean;
  /** It was there before, and finished. */
  readonly kept: boolean;
}

/**
 * Sees to it that a folder holds a finished run of a configuration: starts one where there is none, continues one that was
 * interrupted, and leaves one that is finished as it is.
 * @param options `force` replaces a run of another configuration, on other data, or from other weights; workers and device count if given
 * @throws UserError for a folder that holds such a run, and as {@link startRun} and {@link resumeRun} do
 */
export async function ensureRun<Config extends RunConfig, Data>(
  trainee: RunTrainee<Config, Data>,
  config: Config,
  options: RunStart,
): Promise<EnsuredRun> {
  const { folder, force = false } = options;
  const difference = (await hasRun(folder)) ? await differenceOf(trainee, config, options) : null;
  if (typeof difference === 'string' && !force) {
    throw new UserError(`the run in ${folder} ${difference}`, {
      code: 'conflict',
      file: folder,
      remedy: [{ setting: 'force', purpose: 'to train it anew' }, anotherFile],
    });
  }
  if (difference !== undefined) return { kept: false, ...(await startRun(trainee, config, options)) };
  if ((await readComparedRun(trainee, folder)).finished) return { kept: true, finished: true };
  const place = trainee.place && settingOf(config, trainee.place.setting);
  const data = typeof place === 'string' ? place : undefined;
  return { kept: false, ...(await resumeRun(trainee, { ...options, data })) };
}

/** In what a run differs from the one that is asked for: `has model.layers 4, not 8`. */
async function differenceOf<Config extends RunConfig, Data>(
  trainee: RunTrainee<Config, Data>,
  given: Config,
  { folder, workers, device, from }: RunStart,
): Promise<string | undefined> {
  const { description } = await readComparedRun(trainee, folder);
  const { config = given, hash, origin } = await trainee.load(given, from);
  const there = allSettings({ ...description.config, workers: description.workers, device: description.device });
  const wanted = allSettings({ ...config, workers, device });
  const ignored = ['training.checkpointMinutes', trainee.place?.setting];
  if (workers === undefined) ignored.push('workers');
  if (device === undefined) ignored.push('device');
  const key = [...new Set([...there.keys(), ...wanted.keys()])]
    .filter((name) => !ignored.includes(name))
    .find((name) => valueText(there.get(name)) !== valueText(wanted.get(name)));
  if (key !== undefined) return `has ${key} ${said(there.get(key))}, not ${said(wanted.get(key))}`;
  if (hash !== description.dataHash) return 'was trained on other data';
  return isDeepStrictEqual(plain(origin), plain(description.origin)) ? undefined : 'was started from other weights';
}

/** As it is after it was stored. */
const plain = (origin: object = {}): unknown => JSON.parse(JSON.stringify(origin));

const said = (value: unknown): string => (value === undefined ? 'not set' : valueText(value));
