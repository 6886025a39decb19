import { availableParallelism } from 'node:os';
import { UserError } from '../../common/errors.js';
import { EnsembleFile } from '../../conformers/ensembles/ensemble-file.node.js';
import { ensembleEndings, ensembleLine, failureLine } from '../../conformers/ensembles/ensemble-line.js';
import { type MadeEnsemble, makeEnsembles } from '../../conformers/ensembles/make-ensembles.node.js';
import { type MoleculeSource, moleculeSource } from '../../conformers/generation/molecule-source.node.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Args, Context } from '../command.js';
import { requireOutputFile } from '../output-file.js';
import { packageVersion } from '../version.js';
import type { conformersEnsembleSpec } from './ensemble-spec.js';
import { EnsembleTally } from './ensemble-tally.js';
import { TOO_LARGE } from './too-large.js';

type EnsembleArgs = Args<typeof conformersEnsembleSpec>;

/** Which of them there are parameters for is the force field's to say. */
const anyElement: ReadonlySet<number> = new Set(Array.from({ length: 118 }, (_, k) => k + 1));

/** Makes ensembles and writes each as it is finished. */
export async function run({ output, signal }: Context, args: EnsembleArgs): Promise<void> {
  const { input, out, resume, force, maxAtoms, seed, starts, rules, window, rmsd, most } = args;
  await requireOutputFile(out, { option: '--out', inputs: [input], endings: ensembleEndings, force: true });
  if (resume && force) throw new UserError('--resume continues a file and --force replaces it; give only one');
  const start = performance.now();
  const source = await moleculeSource(input, { maxAtoms, elements: anyElement, tooLarge: TOO_LARGE }, signal);
  const settings = `seed ${seed}, ${starts} starts, ${rules} by rules, ${window} kcal/mol, ${rmsd} Å, ${most} at most`;
  const file = await EnsembleFile.open(out, { settings, resume, force });
  const workers = args.workers ?? availableParallelism();
  const tally = new EnsembleTally(output, file);
  const total = Math.min(source.count, args.limit ?? Infinity);
  const bar = output.progress('molecules', total, { initial: file.sources.size });
  const program = `clofnet ${packageVersion()}`;
  try {
    const options = { seed, workers, signal, starts, rules, window, rmsd, most };
    for await (const item of makeEnsembles(pending(source, file, tally, args), options)) {
      await file.append(item.molecule.smiles, lineOf(item, { program, settings }));
      tally.add(item);
      bar.update(file.sources.size);
    }
    await file.finish();
  } catch (error) {
    tally.noteStop(file, force, signal.aborted);
    throw error;
  } finally {
    bar.finish();
    await file.close();
  }
  tally.finish({ input, out, settings, workers, seconds: (performance.now() - start) / 1000 });
}

function lineOf({ molecule, made }: MadeEnsemble, about: { program: string; settings: string }): string {
  const origin = { source: molecule.smiles, ...about };
  return 'reason' in made ? failureLine(molecule, made.reason, origin) : ensembleLine(made, origin);
}

/** The molecules of the input that are not in the file yet, each once. */
async function* pending(
  source: MoleculeSource,
  file: EnsembleFile,
  tally: EnsembleTally,
  { limit = Infinity }: EnsembleArgs,
): AsyncGenerator<Molecule, void> {
  const seen = new Set<string>();
  for await (const result of source.results()) {
    if ('error' in result) {
      tally.unreadable(result.error);
      continue;
    }
    if (seen.has(result.molecule.smiles)) {
      tally.repeated();
      continue;
    }
    if (seen.size >= limit) return;
    seen.add(result.molecule.smiles);
    if (!file.sources.has(result.molecule.smiles)) yield result.molecule;
  }
}
