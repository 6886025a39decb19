import { writeFileAtomic } from '../../files/atomic.node.js';
import { buildFitReport, type FitReportOptions } from '../../fit/evaluation/report-data.node.js';
import type { FitReportData } from '../../fit/evaluation/report-types.js';
import { readFinishedFitRun } from '../../fit/training/finished-run.node.js';
import { fitReport } from '../../report/fit/report.js';
import { shellWord } from '../../report/format.js';
import { trainAgain } from '../training.js';

export type WriteReportOptions = Omit<FitReportOptions, 'command' | 'again'> & { readonly out: string };

/** Writes the report on the run in a folder. @throws UserError if it holds none that has weights */
export async function writeFitReport(folder: string, options: WriteReportOptions): Promise<FitReportData> {
  const run = await readFinishedFitRun(folder);
  const command = commandLine(folder, options);
  const data = await buildFitReport(run, { ...options, command, again: trainAgain('fit train --config') });
  options.signal?.throwIfAborted();
  await writeFileAtomic(options.out, fitReport(data));
  return data;
}

function commandLine(folder: string, { data, out, title }: WriteReportOptions): string {
  const files = data === undefined ? [] : ['--data', ...data];
  const words = Object.entries({ out, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return ['clofnet', 'fit', 'report', folder, ...files, ...words].map(shellWord).join(' ');
}
