import { readFinishedConformerRun } from '../../conformers/training/finished-run.node.js';
import { buildConformerTrainingReport } from '../../conformers/training/training-report-data.node.js';
import type {
  ConformerTrainingReportData,
  ConformerTrainingReportOptions,
} from '../../conformers/training/training-report-types.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { conformerTrainingReport } from '../../report/conformers/training-report.js';
import { shellWord } from '../../report/format.js';

export type TrainingReportOptions = Omit<ConformerTrainingReportOptions, 'command'> & { readonly out: string };

/** Writes the report on the run in a folder. @throws UserError if it holds none that has weights */
export async function writeTrainingReport(
  folder: string,
  { signal, ...options }: TrainingReportOptions,
): Promise<ConformerTrainingReportData> {
  const run = await readFinishedConformerRun(folder);
  const command = commandLine(folder, options);
  const data = await buildConformerTrainingReport(run, { ...options, command, signal });
  signal?.throwIfAborted();
  await writeFileAtomic(options.out, conformerTrainingReport(data));
  return data;
}

function commandLine(folder: string, options: Omit<TrainingReportOptions, 'signal'>): string {
  const { data, out, title, molecules, seed } = options;
  const words = Object.entries({ data, out, title, molecules, seed }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, `${value}`],
  );
  return ['clofnet', 'conformers', 'report', folder, ...words].map(shellWord).join(' ');
}
