import { join } from 'node:path';
import { UserError } from '../common/errors.js';
import { writeFileAtomic } from '../files/atomic.node.js';
import { comparisonReport } from '../report/comparison/report.js';
import { shellWord } from '../report/format.js';
import { parseDevice } from '../runtime/devices.js';
import { readComparedRun } from '../training/compared-run.node.js';
import { type ComparedRun, type Comparison, compareRuns } from '../training/comparison.js';
import { type EnsuredRun, ensureRun } from '../training/ensure-run.node.js';
import type { RunOptions } from '../training/run.node.js';
import { hasRun } from '../training/run-folder.node.js';
import type { Args, Context } from './command.js';
import { checkoutCommit } from './commit.js';
import { comparisonCsv, comparisonJson, comparisonLines } from './comparison-table.js';
import { many } from './format.js';
import type { Output } from './output.js';
import { planSweep, type Sweep } from './sweep-plan.js';
import type { sweepSpec } from './sweep-spec.js';
import { packageVersion } from './version.js';

type SweepArgs = Args<typeof sweepSpec>;

/** Trains all runs of a sweep, and compares them. */
export async function run(context: Context, args: SweepArgs): Promise<void> {
  const { output, signal } = context;
  if (args.device !== undefined) parseDevice(args.device);
  const sweep = await planSweep(args);
  const diverged = new Map<string, string>();
  let comparison: Comparison | undefined;
  for (const [k, { name }] of sweep.runs.entries()) {
    signal.throwIfAborted();
    const ended = await trainOne(context, sweep, k, args).catch((error: unknown) => {
      if (!(error instanceof UserError) || error.code !== 'diverged') throw error;
      diverged.set(name, `${name}: ${error.problem}`);
    });
    output.endProgress();
    if (ended?.kept && k + 1 < sweep.runs.length) continue;
    comparison = await compareSweep(sweep, args, [...diverged.values()]);
    if (ended?.finished === false) {
      stop(output, comparison, k, sweep);
      signal.throwIfAborted();
    }
    if (k + 1 < sweep.runs.length) progressNote(output, comparison, k, sweep);
  }
  for (const problem of diverged.values()) output.warn(problem);
  if (comparison) summarize(output, comparison, args, [...diverged.keys()]);
}

/** Trains a run, or what is left of it. */
async function trainOne(
  { output, signal }: Context,
  { task, runs }: Sweep,
  k: number,
  args: SweepArgs,
): Promise<EnsuredRun> {
  const { name, config } = runs[k];
  const { out, workers, device, force, from } = args;
  return ensureRun(task, config, {
    folder: join(out, name),
    workers,
    device,
    force,
    from,
    signal,
    version: packageVersion(),
    commit: checkoutCommit(),
    ...progressOf(output, `run ${k + 1}/${runs.length} ${name}`, config.training.epochs),
  });
}

/** One progress bar over all epochs. */
function progressOf(output: Output, title: string, epochs: number): Pick<RunOptions, 'onStep'> {
  let bar: ReturnType<Output['progress']> | undefined;
  return {
    onStep({ epoch, batch, batches, loss }) {
      const done = (epoch - 1) * batches + batch;
      bar ??= output.progress(title, epochs * batches, { initial: done });
      bar.update(done, `loss ${loss.toPrecision(3)}`);
    },
  };
}

/** Compares what there is so far, and writes the table and the report. */
async function compareSweep({ task, runs, varied }: Sweep, args: SweepArgs, diverged: readonly string[]) {
  const compared: ComparedRun[] = [];
  for (const { name } of runs) {
    const folder = join(args.out, name);
    if (await hasRun(folder)) compared.push(await readComparedRun(task, folder, name));
  }
  const keys = varied.filter(({ values }) => values.length > 1).map(({ key }) => key);
  const comparison = compareRuns(compared, { keys });
  const title = `Sweep of ${task.name}`;
  const ahead = runs.length - compared.length;
  const notes = [...diverged, ...(ahead > 0 ? [`${many(ahead, 'run')} of the sweep have not begun.`] : [])];
  await writeFileAtomic(join(args.out, 'table.csv'), comparisonCsv(comparison));
  await writeFileAtomic(
    join(args.out, 'report.html'),
    comparisonReport({ title, command: commandLine(args), comparison, notes }),
  );
  return comparison;
}

function commandLine({
  task,
  config,
  vary = [],
  set = [],
  seeds,
  data,
  from,
  workers,
  device,
  out,
}: SweepArgs): string {
  const words = [task, config].flatMap((word) => word ?? []);
  const settings = [...vary.flatMap((text) => ['--vary', text]), ...set.flatMap((text) => ['--set', text])];
  const options = Object.entries({ seeds, data, from, workers, device, out }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, `${value}`],
  );
  return ['clofnet', 'sweep', ...words, ...settings, ...options].map(shellWord).join(' ');
}

function progressNote(output: Output, comparison: Comparison, k: number, { runs }: Sweep): void {
  output.note(`${k + 1} of ${many(runs.length, 'run')}: ${runs[k].name}`);
  for (const line of comparisonLines(comparison)) output.note(`  ${line}`);
}

function stop(output: Output, comparison: Comparison, k: number, { runs }: Sweep): void {
  for (const line of comparisonLines(comparison)) output.note(`  ${line}`);
  output.note(`stopped in run ${k + 1} of ${runs.length}; the same command goes on from there`);
}

function summarize(output: Output, comparison: Comparison, { out }: SweepArgs, diverged: readonly string[]): void {
  const files = { table: join(out, 'table.csv'), report: join(out, 'report.html') };
  output.result({ ...comparisonJson(comparison), diverged, files }, () => [
    ...comparisonLines(comparison),
    `table: ${files.table}`,
    `report: ${files.report}`,
  ]);
}
