import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import type { BodyTrajectory } from '../../newton/data/body-trajectory.js';
import { findDatasets, onlyDataset, readDescription, readSplit } from '../../newton/data/dataset-read.node.js';
import { spacingOf } from '../../newton/data/set-description.js';
import {
  findTrajectoryFiles,
  readTrajectories,
  type TrajectoryFiles,
} from '../../newton/data/trajectory-files.node.js';
import { buildNewtonReport, type TestData, trainedBeside } from '../../newton/report/report-data.node.js';
import type { NewtonReportData } from '../../newton/report/report-types.js';
import { newtonConfigSchema } from '../../newton/training/config.js';
import { type FinishedNewtonRun, readFinishedNewtonRun } from '../../newton/training/finished-run.node.js';
import { shellWord } from '../../report/format.js';
import { newtonReport } from '../../report/newton/report.js';
import type { Args, Context } from '../command.js';
import { many } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { requireRunOf } from '../tasks.js';
import { trainAgain } from '../training.js';
import { partOf } from './evaluate-systems.js';
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
async function readTestData(runs: readonly FinishedNewtonRun[], given: string | undefined): Promise<TestData> {
  const [{ description, folder }] = runs;
  const { data } = description.config;
  const directory = given ?? data.directory;
  const files = await findTrajectoryFiles(directory);
  if (files) return readTestTrajectories(runs, files);
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

/** Trajectories of another format: the test part of each run, with what its network takes. */
async function readTestTrajectories(runs: readonly FinishedNewtonRun[], files: TrajectoryFiles): Promise<TestData> {
  const trajectories: (readonly BodyTrajectory[])[] = [];
  let spacing: number | undefined;
  for (const { description } of runs) {
    const { data, model } = newtonConfigSchema.parse(description.config);
    const { scalars, vectors, edges } = model;
    const options = { groupBy: data.groupBy, columns: { scalars, vectors }, edges: edges === 'given' };
    const read = await readTrajectories(files, options);
    const trained = { split: data.split, hash: description.dataHash };
    const choice = { input: data.input, target: data.target };
    trajectories.push(partOf(read, trained, undefined, choice).trajectories);
    spacing ??= read.spacing ?? data.spacing ?? undefined;
  }
  if (spacing === undefined)
    throw new UserError(`${files.path} does not say the time between snapshots, which a straight line has to know`, {
      remedy: 'put time=… into its comment lines',
    });
  return { directory: files.path, name: basename(files.path), trajectories, spacing };
}

/** Runs are compared on the test data of their training set, unless the user names other data. */
function requireSameData(runs: readonly FinishedNewtonRun[], test: TestData): void {
  const other = runs[trainedBeside(runs, test).indexOf(false)];
  if (other) {
    throw new UserError(
      `the test trajectories in ${test.directory} are not those of the run in ${other.folder}; ` +
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
