import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { writeFileAtomic } from '../files/atomic.node.js';
import { readError } from '../files/file-errors.node.js';
import { comparisonReport } from '../report/comparison/report.js';
import { shellWord } from '../report/format.js';
import { readComparedRun } from '../training/compared-run.node.js';
import { type ComparedRun, compareRuns } from '../training/comparison.js';
import { hasRun } from '../training/run-folder.node.js';
import type { Args, Context } from './command.js';
import type { compareSpec } from './compare-spec.js';
import { comparisonCsv, comparisonJson, comparisonLines } from './comparison-table.js';
import { many } from './format.js';
import type { Output } from './output.js';
import { requireOutputFile } from './output-file.js';
import { type KnownTask, taskOfRun } from './tasks.js';

type CompareArgs = Args<typeof compareSpec>;

/** Compares runs that were trained before. */
export async function run({ output, signal }: Context, args: CompareArgs): Promise<void> {
  const { out, csv, title = 'Training runs' } = args;
  await requireOutputFile(out, { option: '--out', endings: ['.html'], force: true });
  if (csv !== undefined) await requireOutputFile(csv, { option: '--csv', endings: ['.csv'], force: true });
  const { task, runs } = await readRuns(await foldersOf(args.runs, output));
  signal.throwIfAborted();
  const comparison = compareRuns(runs, { place: task.place?.setting });
  const notes = notesOn(runs);
  await writeFileAtomic(out, comparisonReport({ title, command: commandLine(args), comparison, notes }));
  if (csv !== undefined) await writeFileAtomic(csv, comparisonCsv(comparison));
  for (const note of notes) output.warn(note);
  const files = { report: out, ...(csv !== undefined && { table: csv }) };
  output.result({ ...comparisonJson(comparison), files }, () => [
    ...comparisonLines(comparison),
    ...Object.entries(files).map(([name, file]) => `${name}: ${file}`),
  ]);
}

/** The folders of runs among those named, and in them. Files, which a pattern of the shell names too, are passed over. */
async function foldersOf(paths: readonly string[], output: Output): Promise<string[]> {
  const folders: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => {
      throw readError(error, path);
    });
    if (!found.isDirectory()) output.note(`${path} is a file, passed over`);
    else folders.push(...(await runsIn(path)));
  }
  const repeated = folders.find((folder, k) => folders.findIndex((other) => resolve(other) === resolve(folder)) < k);
  if (repeated !== undefined) throw new UserError(`${repeated} is named twice`);
  if (folders.length === 0) throw new UserError('none of these is the folder of a training run');
  return folders;
}

async function runsIn(path: string): Promise<string[]> {
  if (await hasRun(path)) return [path];
  const { compare } = new Intl.Collator('en', { numeric: true });
  const inside = (await readdir(path)).sort(compare).map((name) => join(path, name));
  const folders: string[] = [];
  for (const folder of inside) if (await hasRun(folder)) folders.push(folder);
  if (folders.length > 0) return folders;
  throw new UserError(`${path} holds no training run, nor do the folders in it`, { file: path });
}

/** Reads runs, all of one task. */
async function readRuns(folders: readonly string[]): Promise<{ task: KnownTask; runs: ComparedRun[] }> {
  const names = folders.map((folder) => basename(resolve(folder)));
  const runs: ComparedRun[] = [];
  let task: KnownTask | undefined;
  for (const [k, folder] of folders.entries()) {
    const own = await taskOfRun(folder);
    task ??= own;
    if (task === undefined || own === undefined)
      throw new UserError(`${folder} is a run of nothing that clofnet trains, or its description is damaged`, {
        file: folder,
      });
    if (own.name !== task.name)
      throw new UserError(`${folders[0]} is a run of ${task.command}, ${folder} of ${own.command}`, {
        code: 'mismatch',
      });
    const isAlone = names.indexOf(names[k]) === names.lastIndexOf(names[k]);
    runs.push(await readComparedRun(task, folder, isAlone ? names[k] : folder));
  }
  if (!task) throw new RangeError('no folder');
  return { task, runs };
}

/** What makes numbers differ that the settings do not show. */
function notesOn(runs: readonly ComparedRun[]): string[] {
  const sets = new Set(runs.map(({ description }) => description.dataHash)).size;
  const unfinished = runs.filter(({ finished }) => !finished).map(({ name }) => name);
  const note = `${many(unfinished.length, 'run is', 'runs are')} not finished: ${unfinished.join(', ')}`;
  return [
    ...(sets > 1 ? [`the runs were trained on ${sets} sets of data; their errors are not of the same`] : []),
    ...(unfinished.length > 0 ? [note] : []),
  ];
}

function commandLine({ runs, out, csv, title }: CompareArgs): string {
  const options = Object.entries({ out, csv, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return ['clofnet', 'compare', ...runs, ...options].map(shellWord).join(' ');
}
