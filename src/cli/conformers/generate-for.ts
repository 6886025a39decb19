import type { Ensemble } from '../../conformers/dataset/ensemble.js';
import type { GeneratedSource } from '../../conformers/evaluation/generated-source.js';
import { formatConformer, type RecordOrigin } from '../../conformers/generation/conformer-record.js';
import { openConformerGenerator } from '../../conformers/generation/open-generator.node.js';
import { makingSettings } from '../../conformers/making/making-settings.js';
import { levelFor } from '../../conformers/networks/learned.js';
import { callsOf } from '../../conformers/sampling/sampling-plan.js';
import { AppendFile } from '../../files/append-file.node.js';
import type { Args, Context } from '../command.js';
import { packageVersion } from '../version.js';
import { outputFormat } from './conformer-output.js';
import type { conformersEvaluateSpec } from './evaluate-spec.js';

type EvaluateArgs = Args<typeof conformersEvaluateSpec>;

/** Conformers of the references' molecules by our own sampler, as they are finished; `--save` keeps them. */
export function generatedFor(context: Context, args: EvaluateArgs, references: readonly Ensemble[]): GeneratedSource {
  makingSettings(args);
  let secondsEach = Number.NaN;
  const records = generate(context, args, references, (each) => {
    secondsEach = each;
  });
  return { name: 'clofnet', records, secondsEach: () => secondsEach };
}

async function* generate(
  { output, signal }: Context,
  args: EvaluateArgs,
  references: readonly Ensemble[],
  onEnd: (secondsEach: number) => void,
): GeneratedSource['records'] {
  const { seed, perReference, save } = args;
  const counts = references.map(({ conformers }) => perReference * conformers.length);
  const kept =
    save === undefined
      ? undefined
      : { file: await AppendFile.prepare(save), writer: await outputFormat(save).writer() };
  const bar = output.progress(
    'generating',
    counts.reduce((a, b) => a + b, 0),
  );
  const generator = await openConformerGenerator(args);
  const { label: weights, learned } = generator.weights;
  const level = levelFor(learned, args.level);
  const settings = makingSettings({ ...args, level });
  const origin = { program: `clofnet ${packageVersion()}`, weights, settings, seed, unique: undefined };
  const start = performance.now();
  let [finished, made] = [0, 0];
  const onProgress = (more: number): void => {
    finished += more;
    bar.update(finished);
  };
  try {
    const molecules = references.map(({ molecule }) => molecule);
    const count = (_: unknown, index: number): number => counts[index];
    for await (const item of generator.generate(molecules, { ...args, level, count, signal, onProgress })) {
      if (item.kind !== 'conformer') continue;
      made += 1;
      const own: RecordOrigin = { ...origin, count: counts[item.index] };
      await kept?.file.append(formatConformer(item, kept.writer, own));
      const cost = { networkCalls: item.samplerRuns * callsOf(settings.plan) };
      yield { molecule: item.molecule, positions: item.coordinates, cost };
    }
    onEnd(((performance.now() - start) / 1000) * (generator.workers / made));
  } finally {
    await Promise.all([generator.close(), kept?.file.close()]);
    bar.finish();
  }
}
