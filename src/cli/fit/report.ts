import type { Args, Context } from '../command.js';
import { formatEpoch } from '../format.js';
import { reportFile } from '../output-file.js';
import { requireRunOf } from '../tasks.js';
import { errorLines } from './errors-table.js';
import type { fitReportSpec } from './report-spec.js';
import { writeFitReport } from './write-report.js';

/** Writes the report on a training run. */
export async function run({ output, signal }: Context, args: Args<typeof fitReportSpec>): Promise<void> {
  const { run: folder, data, title, force } = args;
  const out = await reportFile(folder, { out: args.out, inputs: data, force });
  await requireRunOf('fit', folder);
  const { best, part, evaluation, notes } = await writeFitReport(folder, {
    ...{ out, data, signal },
    ...(title !== undefined && { title }),
  });
  for (const note of notes) output.warn(note);
  output.result({ file: out, best, part, evaluation }, () => [
    best ? `lowest validation loss ${best.valid.toFixed(5)}, epoch ${formatEpoch(best.epoch)}` : 'never evaluated',
    ...(evaluation ? [`errors on the ${part} part:`, ...errorLines(evaluation.targets)] : []),
    `report: ${out}`,
  ]);
}
