import { UserError } from '../../common/errors.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { datasetHash } from '../../newton/data/dataset-hash.node.js';
import { findDatasets, onlyDataset, readDescription, readSplit } from '../../newton/data/dataset-read.node.js';
import { spacingOf } from '../../newton/data/set-description.js';
import { findTrajectoryFiles } from '../../newton/data/trajectory-files.node.js';
import { buildNewtonReport, isTrainedBeside, type TestData } from '../../newton/report/report-data.node.js';
import type { NewtonReportData } from '../../newton/report/report-types.js';
import { type FinishedNewtonRun, readFinishedNewtonRun } from '../../newton/training/finished-run.node.js';
import { shellWord } from '../../report/format.js';
import { newtonReport } from '../../report/newton/report.js';
import type { Args, Context } from '../command.js';
import { many } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { requireRunOf } from '../tasks.js';
import { trainAgain } from '../training.js';
import type { reportSpec } from './report-spec.js';

/** Writes one report on all runs that are named. */
export async function run({ output, signal }: Context, args: Args<typeof reportSpec>): Promise<void> {
  const repeated = args.runs.find((folder, k) => args.runs.indexOf(folder) < k);
  if (repeated) throw new UserError(`${repeated} is named twice`);
  const inputs = [...args.runs, args.data];
  await requireOutputFile(args.out, { option: '--out', inputs, endings: ['.html'], force: true });
  const runs: FinishedNewtonRun[] = [];
  for (const folder of args.runs) {
    await requireRunOf('newton', folder);
    runs.push(await readFinishedNewtonRun(folder));
  }
  const test = await readTestData(runs, args.data);
  if (args.data === undefined) requireSameData(runs, test);
  const { title, systems, seed } = args;
  const data = await buildNewtonReport(runs, test, {
    title,
    command: commandLine(args),
    again: trainAgain('newton train'),
    systems,
    seed,
    signal,
  });
  signal.throwIfAborted();
  await writeFileAtomic(args.out, newtonReport(data));
  summarize(output, args.out, data);
}

/** The test trajectories in the folder that was given, or in that of the first run. */
async function readTestData(
  [{ description, folder }]: readonly FinishedNewtonRun[],
  given: string | undefined,
): Promise<TestData> {
  const { data } = description.config;
  const directory = given ?? data.directory;
  if (await findTrajectoryFiles(directory)) {
    throw new UserError(`${directory} holds trajectories in extended XYZ, reports are of sets of .npy files`, {
      remedy: { command: 'newton evaluate', purpose: 'for errors' },
    });
  }
  try {
    const names = (await findDatasets(directory)).map(({ name }) => name);
    const name = data.name !== undefined && names.includes(data.name) ? data.name : await onlyDataset(directory);
    const description = await readDescription(directory, name);
    const spacing = spacingOf(name, description, data.spacing ?? undefined);
    return { directory, name, set: await readSplit(directory, name, 'test'), spacing, description };
  } catch (error) {
    if (given !== undefined || !(error instanceof UserError)) throw error;
    throw new UserError(`${error.message}; the run in ${folder} was trained there: give the folder with --data`, {
      cause: error,
    });
  }
}

/** Runs are compared on the test data of their training set, unless the user names other data. */
function requireSameData(runs: readonly FinishedNewtonRun[], { directory, set }: TestData): void {
  const testHash = datasetHash(set);
  const other = runs.find(({ description }) => !isTrainedBeside(description.dataHash, testHash));
  if (other) {
    throw new UserError(
      `the test trajectories in ${directory} are not those of the run in ${other.folder}; ` +
        'to compare on them anyway, give the folder with --data',
    );
  }
}

function commandLine({ runs, data, out, title, systems, seed }: Args<typeof reportSpec>): string {
  const options = { data, out, title, systems, seed };
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, `${value}`],
  );
  return ['clofnet', 'newton', 'report', ...runs, ...words].map(shellWord).join(' ');
}

function summarize(output: Output, file: string, { dataset, runs, straightLine, notes }: NewtonReportData): void {
  const errors = [...runs.map((run) => run.errors), straightLine];
  const json = {
    file,
    dataset: dataset.name,
    trajectories: dataset.trajectories,
    errors: errors.map(({ name, meanSquared }) => ({ name, meanSquared })),
    equivariance: Object.fromEntries(runs.map(({ name, equivariance }) => [name, equivariance])),
  };
  for (const note of notes) output.warn(note);
  const width = Math.max(...errors.map(({ name }) => name.length));
  output.result(json, () => [
    `test error on ${many(dataset.trajectories, 'trajectory', 'trajectories')} of ${dataset.name}`,
    ...errors.map(({ name, meanSquared }) => `  ${name.padEnd(width)}  ${meanSquared.toFixed(5)}`),
    `report: ${file}`,
  ]);
}
