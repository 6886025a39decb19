import { UserError } from '../../common/errors.js';
import { evaluateParallel } from '../../conformers/evaluation/evaluate-parallel.node.js';
import type { Evaluation } from '../../conformers/evaluation/evaluation.js';
import { type GeneratedSource, matchGenerated } from '../../conformers/evaluation/generated-source.js';
import { readGenerated } from '../../conformers/evaluation/read-generated.node.js';
import { readReferences } from '../../conformers/evaluation/read-references.node.js';
import { buildConformerReport } from '../../conformers/evaluation/report-data.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { conformerReport } from '../../report/conformers/report.js';
import { shellWord } from '../../report/format.js';
import type { Args, Context } from '../command.js';
import { flagOf } from '../flags.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { outputEndings } from './conformer-output.js';
import type { conformersEvaluateSpec } from './evaluate-spec.js';
import { evaluationTable } from './evaluation-table.js';
import { generatedFor } from './generate-for.js';
import { makingOptions } from './making-options.js';

type EvaluateArgs = Args<typeof conformersEvaluateSpec>;

/** Compares generated conformers with references. */
export async function run(context: Context, args: EvaluateArgs): Promise<void> {
  const { output, signal } = context;
  refuseContradictions(args);
  await checkOutputs(args);
  const thresholds = parseThresholds(args.delta);
  const onFault = faultReporter(output);
  const references = await readReferences(args.references, { limit: args.limit, signal, onFault });
  const { generated } = args;
  const source: GeneratedSource =
    generated === undefined
      ? generatedFor(context, args, references)
      : { name: generated, records: goodRecords(generated, signal, onFault) };
  const { pairs, notes } = await matchGenerated(references, source, { isPart: args.limit !== undefined, signal });
  const bar = output.progress('comparing', pairs.length);
  const options = { thresholds, symmetrize: args.symmetrize, workers: args.workers, signal };
  const evaluated = await evaluateParallel(pairs, { ...options, onProgress: (done) => bar.update(done) });
  const evaluation = { ...evaluated, seconds: source.secondsEach?.() ?? evaluated.seconds };
  bar.finish();
  for (const note of notes) output.warn(note);
  if (args.report !== undefined) {
    const { title, references: file } = args;
    const about = { title, command: commandLine(args), references: file, generated: source.name, notes };
    await writeFileAtomic(args.report, conformerReport(buildConformerReport(evaluation, pairs, about)));
  }
  print(output, args, source.name, evaluation);
}

/** What was said of how conformers are made. */
const makingArgs = (args: Omit<EvaluateArgs, 'generated'>) =>
  Object.fromEntries((Object.keys(makingOptions) as (keyof typeof makingOptions)[]).map((name) => [name, args[name]]));

/** How to generate is said only where that is done. */
function refuseContradictions({ generated, ...args }: EvaluateArgs): void {
  if (generated === undefined) return;
  const { save, weights } = args;
  const own = { save, weights, ...makingArgs(args) };
  const given = Object.entries(own).find(([name, value]) => value !== undefined && name !== 'sampler');
  if (!given) return;
  throw new UserError(
    `${flagOf(given[0])} is for conformers that clofnet generates, but ${generated} is given; give only one`,
  );
}

/** A report can be made again; conformers may have taken hours. */
async function checkOutputs({ references, generated, weights, report, save, force }: EvaluateArgs): Promise<void> {
  const inputs = [references, generated, weights];
  if (report !== undefined)
    await requireOutputFile(report, { option: '--report', inputs, endings: ['.html'], force: true });
  if (save !== undefined) await requireOutputFile(save, { option: '--save', inputs, endings: outputEndings, force });
}

async function* goodRecords(
  path: string,
  signal: AbortSignal,
  onFault: (message: string) => void,
): GeneratedSource['records'] {
  for await (const result of readGenerated(path, { signal })) {
    if ('error' in result) onFault(result.error);
    else yield result.record;
  }
}

/** Faults that are shown one by one; the figures count the rest. */
const TOLD = 10;

function faultReporter(output: Output): (message: string) => void {
  let count = 0;
  return (message) => {
    count += 1;
    if (count <= TOLD) output.warn(message);
    if (count === TOLD + 1) output.warn('more records were omitted for similar reasons');
  };
}

/** `0.5,0.75` */
export function parseThresholds(text: string): number[] {
  const values = text.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
  if (values.every((value) => Number.isFinite(value) && value > 0)) return values;
  throw new UserError(`--delta takes distances in Å above 0 separated by commas, as 0.5,0.75, not '${text}'`);
}

function commandLine(args: EvaluateArgs): string {
  const { references, generated, delta, symmetrize, limit, report, title } = args;
  const { weights, perReference, seed } = args;
  const own = generated === undefined ? { weights, ...makingArgs(args), perReference, seed } : {};
  const options = Object.entries({ delta, limit, report, title, ...own }).flatMap(([name, value]) =>
    value === undefined ? [] : [flagOf(name), `${value}`],
  );
  const files = generated === undefined ? [references] : [references, generated];
  const words = ['clofnet', 'conformers', 'evaluate', ...files, ...(symmetrize ? ['--symmetrize'] : []), ...options];
  return words.map(shellWord).join(' ');
}

function print(output: Output, { references, report }: EvaluateArgs, generated: string, evaluation: Evaluation): void {
  const { molecules, ...figures } = evaluation;
  const each = molecules.map(({ nearest, ...molecule }) => ({
    ...molecule,
    nearest: nearest && { ofReferences: nearest.ofReferences, ofGenerated: nearest.ofGenerated },
  }));
  output.result({ references, generated, ...figures, report: report ?? null, molecules: each }, () => [
    ...evaluationTable(evaluation),
    ...(report === undefined ? [] : [`report: ${report}`]),
  ]);
}
