import { shellWord } from '../report/format.js';
import { parseDevice } from '../runtime/devices.js';
import type { Evaluated } from '../training/evaluations.js';
import type { TrainResult } from '../training/run.node.js';
import type { RunConfig } from '../training/run-description.js';
import { type RunStart, type RunTrainee, resumeRun, startRun } from '../training/start-run.node.js';
import type { Context } from './command.js';
import { checkoutCommit } from './commit.js';
import { formatDuration, formatEpoch, many } from './format.js';
import type { Output } from './output.js';
import { requireRunOf } from './tasks.js';
import { progressEvents } from './training.js';
import { packageVersion } from './version.js';

/** What every command that trains takes. */
type TrainArgs = Pick<RunStart, 'force' | 'workers' | 'device' | 'from'> & {
  readonly out: string;
  readonly resume: boolean;
  readonly data?: string;
};

/** A run that has come to its end, and how long that took. */
type EndedRun<Config extends RunConfig> = TrainResult<Config> & { readonly seconds: number };

/**
 * Starts a run or continues one, and reports on it.
 * @param configOf the configuration of a run that starts
 * @throws the signal's reason, if that stopped it
 */
export async function trainRun<Config extends RunConfig, Data>(
  { output, signal }: Context,
  trainee: RunTrainee<Config, Data> & { readonly name: string },
  { out: folder, resume, force, data, workers, device, from }: TrainArgs,
  configOf: () => Promise<Config>,
): Promise<EndedRun<Config>> {
  const start = performance.now();
  if (device !== undefined) parseDevice(device);
  if (resume) await requireRunOf(trainee.name, folder);
  const common = { folder, signal, ...progressEvents(output) };
  const program = { version: packageVersion(), commit: checkoutCommit() };
  const result = resume
    ? await resumeRun(trainee, { ...common, data })
    : await startRun(trainee, await configOf(), {
        ...{ ...common, ...program, workers, device, from, force },
        onNote: (note) => output.note(note),
      });
  output.endProgress();
  if (!result.finished) {
    const { epoch } = result.checkpoint.progress;
    const command = `clofnet ${trainee.command} --resume --out ${shellWord(folder)}`;
    output.note(`stopped after ${many(epoch, 'epoch')}; continue with: ${command}`);
    signal.throwIfAborted();
  }
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

/**
 * Says how a run ended.
 * @param network what was trained: in a sentence, and as JSON
 * @param report where the report lies, or null where it could not be made, for commands that make one
 * @param measured lines on what was measured at the end
 */
export function summarizeRun<Config extends RunConfig>(
  output: Output,
  { checkpoint, description, seconds, stoppedEarly, ...result }: EndedRun<Config>,
  network: { readonly title: string; readonly json: object },
  report?: string | null,
  measured: readonly string[] = [],
): void {
  const files = report === undefined ? result.files : { ...result.files, report };
  const { best, epoch, step } = checkpoint.progress;
  const { config, dataHash, workers } = description;
  const { seed, patience } = config.training;
  const length = { epochs: epoch, steps: step, stoppedEarly };
  const json = { ...network.json, best, ...length, seed, workers, dataHash, seconds, files };
  output.result(json, () => [
    `trained ${network.title} for ${many(result.metrics.at(-1)?.epoch ?? epoch, 'epoch')} in ${formatDuration(seconds)} on ${many(workers, 'thread')}, seed ${seed}`,
    ...(stoppedEarly ? [`  stopped early: no lower validation error in the last ${patience} evaluations`] : []),
    `  ${best ? errorsOf(best) : 'never evaluated'}`,
    ...measured.map((line) => `  ${line}`),
    `  weights     ${files.weights}`,
    `  checkpoint  ${files.checkpoint}`,
    `  metrics     ${files.metrics}`,
    ...(report ? [`  report      ${report}`] : []),
  ]);
}

function errorsOf({ epoch, valid, test }: Evaluated): string {
  const at = `${valid.toFixed(5)} (epoch ${formatEpoch(epoch)})`;
  return test === undefined
    ? `lowest validation error ${at}`
    : `test error ${test.toFixed(5)} at the best validation error, ${at}`;
}
