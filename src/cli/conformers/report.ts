import type { Args, Context } from '../command.js';
import { formatEpoch } from '../format.js';
import { reportFile } from '../output-file.js';
import { requireRunOf } from '../tasks.js';
import type { conformersReportSpec } from './report-spec.js';
import { writeTrainingReport } from './training-report.js';

/** Writes the report on a training run. */
export async function run({ output, signal }: Context, args: Args<typeof conformersReportSpec>): Promise<void> {
  const { run: folder, force, ...options } = args;
  const out = await reportFile(folder, { out: args.out, inputs: [args.data], force });
  await requireRunOf('conformers', folder);
  const { best, noise, shapes, notes } = await writeTrainingReport(folder, { ...options, out, signal });
  for (const note of notes) output.warn(note);
  const json = {
    file: out,
    best,
    noise: noise.errors,
    shapes: shapes && { requested: shapes.requested, made: shapes.made, level: shapes.level, ...shapes.evaluation.all },
  };
  output.result(json, () => [
    best ? `lowest validation error ${best.valid.toFixed(5)}, epoch ${formatEpoch(best.epoch)}` : 'never evaluated',
    ...(shapes ? [`generated ${shapes.made} of ${shapes.requested} conformers of validation molecules`] : []),
    `report: ${out}`,
  ]);
}
