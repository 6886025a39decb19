import type { RecordOrigin } from '../../conformers/generation/conformer-record.js';
import { runProperties } from '../../conformers/generation/conformer-record.js';
import type { MoleculeSummary } from '../../conformers/generation/generated.js';
import { type Learned, unlearnedElements } from '../../conformers/networks/learned.js';
import { heavyAtoms, type Molecule } from '../../molecules/molecule.js';
import type { Args } from '../command.js';
import { CheckFailed } from '../errors.js';
import { formatCount, formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import { type Place, resumeAdvice, stopNote, unchanged } from '../stop-note.js';
import type { ConformerOutput } from './conformer-output.js';
import type { conformersGenerateSpec } from './generate-spec.js';

/** Warnings of one kind that are shown one by one; the rest appear as a number at the end. */
const TOLD = 20;

/** Molecules of more heavy atoms are far larger than those that networks learn from. */
const LARGE = 50;

type GenerateArgs = Args<typeof conformersGenerateSpec>;

/** How a run ended, apart from what was counted. */
interface RunEnd {
  readonly args: GenerateArgs;
  readonly origin: RecordOrigin;
  readonly seconds: number;
  readonly workers: number;
  /** Conformers for the JSON document. */
  readonly printed: readonly unknown[];
}

/** Counts what becomes of molecules, warns of what goes wrong, and sums up. */
export class GenerateTally {
  readonly #output: Output;
  readonly #target: Pick<ConformerOutput, 'written' | 'isThere'>;
  /** Conformers that an earlier run left in the file. */
  readonly #resumed: number;
  readonly #learned: Learned | undefined;
  readonly #molecules: object[] = [];
  readonly #counts = { conformers: 0, sampled: 0, failed: 0, resampled: 0, mirrored: 0, duplicates: 0 };
  #unreadable = 0;
  #empty = 0;
  #warned = 0;
  #foreign = 0;
  #read = 0;
  /** Conformers that this run has written. */
  #written = 0;

  /** @param target where the conformers go; @param learned what the weights were trained on */
  constructor(output: Output, target: Pick<ConformerOutput, 'written' | 'isThere'>, learned: Learned | undefined) {
    this.#output = output;
    this.#target = target;
    this.#resumed = target.written?.conformers ?? 0;
    this.#learned = learned;
  }

  wrote(): void {
    this.#written++;
  }

  /** Says what a run leaves that does not reach its end. */
  noteStop({ out, force, trajectory }: GenerateArgs, isInterrupted: boolean): void {
    if (out === '-') return;
    const advice = `run the same command ${resumeAdvice({ force, trajectory })} to continue`;
    const held = `${many(this.#resumed + this.#written, 'conformer')}`;
    const note = stopNote(this.#place(out), { held, first: 'conformer', advice }, isInterrupted);
    if (note !== undefined) this.#output.note(note);
  }

  #place(path: string): Place {
    const { isThere, written } = this.#target;
    return { path, kept: isThere ? path : undefined, isResumed: written !== undefined, hasGrown: this.#written > 0 };
  }

  unreadable(error: string): void {
    this.#unreadable++;
    this.#output.warn(error);
  }

  /** @param molecules how many molecules the input holds */
  readAll(molecules: number): void {
    this.#read = molecules;
  }

  add({ index, molecule, requested, made, generated, failed, resampled, mirrored, duplicates }: MoleculeSummary): void {
    const counts = { conformers: made, sampled: generated, failed: failed.length, resampled, mirrored, duplicates };
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) this.#counts[key] += counts[key];
    const { name, smiles } = molecule;
    const unlearned = unlearnedElements(this.#learned, molecule);
    this.#molecules.push({ molecule: index + 1, name, smiles, requested, ...counts, unlearned });
    if (unlearned.length > 0 && this.#foreign++ < TOLD) {
      const elements = unlearned.join(' and ');
      this.#warn(index, molecule, `the weights were not trained on ${elements}; check its conformers carefully`);
    }
    const last = failed.at(-1);
    if (!last) return;
    this.#empty += Number(made === 0);
    if (this.#warned++ >= TOLD) return;
    const what = `${failed.length} of ${requested} conformers failed`;
    const heavy = heavyAtoms(molecule).length;
    const hint =
      made === 0 && heavy > LARGE ? `; with ${heavy} heavy atoms it is larger than the training molecules` : '';
    this.#warn(
      index,
      molecule,
      `${what}; the last one, after ${many(last.attempts, 'attempt')}: ${last.reason}${hint}`,
    );
  }

  #warn(index: number, { name, smiles }: Molecule, text: string): void {
    const label = name === '' || name === smiles ? smiles : `${name} ${smiles}`;
    this.#output.warn(`molecule ${index + 1} (${label}): ${text}`);
  }

  /** Prints the summary. @throws CheckFailed if something could not be read or got no conformer */
  finish({ args, origin, seconds, workers, printed }: RunEnd): void {
    const { input, out, trajectory = null } = args;
    const name = out === '-' ? 'standard output' : out;
    const [unreadable, withoutConformers] = [this.#unreadable, this.#empty];
    const counts = { molecules: this.#read, ...this.#counts, unreadable, withoutConformers, resumed: this.#resumed };
    const about = { input, out, trajectory, ...runProperties(origin), workers, seconds };
    this.#output.document({
      ...about,
      ...counts,
      results: this.#molecules,
      ...(out === '-' && { generated: printed }),
    });
    if (!this.#output.json) this.#print(out, this.#lines(name, seconds, workers));
    this.#requireSuccess();
  }

  /** Standard output is for the conformers where they go there. */
  #print(out: string, lines: readonly string[]): void {
    for (const line of lines) {
      if (out === '-') this.#output.note(line);
      else this.#output.line(line);
    }
  }

  #lines(out: string, seconds: number, workers: number): string[] {
    const { conformers, sampled, failed, resampled, mirrored, duplicates } = this.#counts;
    const choice = sampled > conformers + duplicates + failed ? `, chosen from ${formatCount(sampled)}` : '';
    const resumed = this.#resumed === 0 ? '' : `, plus ${formatCount(this.#resumed)} already in the file`;
    const molecules = many(this.#molecules.length, 'molecule');
    const made = `${many(conformers, 'conformer')} of ${molecules}${choice}${resumed}`;
    const isUnchanged = this.#resumed + this.#written === 0;
    return [
      isUnchanged ? `no conformers of ${molecules}; ${unchanged(this.#place(out).kept)}` : `${out}: ${made}`,
      `  took ${formatDuration(seconds)} on ${many(workers, 'thread')}`,
      `  ${formatCount(resampled)} resampled, ${formatCount(mirrored)} mirrored, ` +
        `${formatCount(duplicates)} duplicates omitted, ${formatCount(failed)} failed`,
    ];
  }

  #requireSuccess(): void {
    const problems = [
      ...(this.#unreadable > 0
        ? [`${many(this.#unreadable, 'line or record', 'lines or records')} could not be read`]
        : []),
      ...(this.#empty > 0 ? [`${many(this.#empty, 'molecule')} got no conformer`] : []),
    ];
    if (problems.length > 0) throw new CheckFailed(problems.join(', '));
  }
}
