import { resolve } from 'node:path';
import { UserError } from '../../common/errors.js';
import { formatPath, type RecordOrigin } from '../../conformers/generation/conformer-record.js';
import { type MoleculeSource, moleculeSource } from '../../conformers/generation/molecule-source.node.js';
import { type ConformerGenerator, openConformerGenerator } from '../../conformers/generation/open-generator.node.js';
import type { WrittenConformers } from '../../conformers/generation/written-conformers.node.js';
import { makingSettings } from '../../conformers/making/making-settings.js';
import { supportedElements } from '../../conformers/making/supported-elements.js';
import { levelFor } from '../../conformers/networks/learned.js';
import { AppendFile } from '../../files/append-file.node.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Args, Context } from '../command.js';
import { requireOutputFile } from '../output-file.js';
import { packageVersion } from '../version.js';
import { type ConformerOutput, openConformerOutput, outputFormat } from './conformer-output.js';
import type { conformersGenerateSpec } from './generate-spec.js';
import { GenerateTally } from './generate-tally.js';
import { TOO_LARGE } from './too-large.js';

type GenerateArgs = Args<typeof conformersGenerateSpec>;

/** Makes conformers and writes them as they are finished. */
export async function run({ output, signal }: Context, given: GenerateArgs): Promise<void> {
  const start = performance.now();
  checkOptions(given);
  await checkFiles(given);
  const limits = { maxAtoms: given.maxAtoms, elements: supportedElements, tooLarge: TOO_LARGE };
  const source = await moleculeSource(given.input, limits, signal);
  const generator = await openConformerGenerator(given);
  try {
    const { label, learned } = generator.weights;
    const args = { ...given, level: levelFor(learned, given.level) };
    const origin = originOf(args, label);
    const target = await openConformerOutput(output, args, origin);
    const tally = new GenerateTally(output, target, learned);
    await generate(source, generator, target, tally, { output, signal }, args);
    const seconds = (performance.now() - start) / 1000;
    tally.finish({ args, origin, seconds, workers: generator.workers, printed: target.printed });
  } finally {
    await generator.close();
  }
}

/** Everything that can be wrong before weights are loaded. */
function checkOptions(args: GenerateArgs): void {
  const { out, trajectory, resume, force } = args;
  makingSettings(args);
  if (out !== '-') outputFormat(out);
  if (resume && force) throw new UserError('--resume continues a file and --force replaces it; give only one');
  if (trajectory === undefined) return;
  if (resume) throw new UserError('--trajectory is written from the start of a run; remove it with --resume');
  if (!/\.xyz$/i.test(trajectory)) throw new UserError(`--trajectory is extended XYZ; name it .xyz, not ${trajectory}`);
  if (resolve(trajectory) === resolve(out)) throw new UserError('--trajectory and --out name the same file; give two');
}

/** What is there of the file in --out is for {@link openConformerOutput} to judge. */
async function checkFiles({ input, weights, out, trajectory, force }: GenerateArgs): Promise<void> {
  const inputs = [input, weights];
  if (out !== '-') await requireOutputFile(out, { option: '--out', inputs, force: true });
  if (trajectory !== undefined) await requireOutputFile(trajectory, { option: '--trajectory', inputs, force });
}

const originOf = (args: GenerateArgs, weights: string): RecordOrigin => ({
  program: `clofnet ${packageVersion()}`,
  weights,
  settings: makingSettings(args),
  seed: args.seed,
  count: args.count,
  unique: args.unique,
});

async function generate(
  source: MoleculeSource,
  generator: ConformerGenerator,
  target: ConformerOutput,
  tally: GenerateTally,
  { output, signal }: Context,
  args: GenerateArgs,
): Promise<void> {
  const { trajectory, trajectoryOf, count, written = target.written } = { ...args, written: target.written };
  const trajectoryFile = trajectory === undefined ? undefined : await AppendFile.prepare(trajectory);
  const from = written?.from ?? 0;
  const bar = output.progress('conformers', source.count * count, { initial: from * count });
  let finished = from * count;
  const items = generator.generate(molecules(source, tally, written), {
    ...args,
    from,
    trace: trajectoryFile && trajectoryOf,
    signal,
    onProgress: (more) => {
      finished += more;
      bar.update(finished);
    },
  });
  try {
    for await (const item of items) {
      if (item.kind === 'molecule') tally.add(item);
      else {
        await target.write(item);
        await trajectoryFile?.append(formatPath(item));
        tally.wrote();
      }
    }
  } catch (error) {
    tally.noteStop(args, signal.aborted);
    throw error;
  } finally {
    bar.finish();
    await Promise.all([target.close(), trajectoryFile?.close()]);
  }
}

/** The molecules of the input that can be read; the others are reported. */
async function* molecules(
  source: MoleculeSource,
  tally: GenerateTally,
  written: WrittenConformers | undefined,
): AsyncGenerator<Molecule, void> {
  let index = 0;
  for await (const result of source.results()) {
    if ('error' in result) {
      tally.unreadable(result.error);
      continue;
    }
    if (written?.smiles !== undefined && index === written.from && result.molecule.smiles !== written.smiles) {
      throw new UserError(
        `--out was made from another input: the molecule it stopped at, ${index + 1}, was ${written.smiles} and is ` +
          `${result.molecule.smiles} now`,
      );
    }
    index++;
    yield result.molecule;
  }
  if (written && index <= written.from && written.smiles !== undefined) {
    throw new UserError(`--out was made from another input: it continues at molecule ${written.from + 1} of ${index}`);
  }
  tally.readAll(index);
}
