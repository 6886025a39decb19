import type { RecordOrigin } from '../../conformers/generation/conformer-record.js';
import { runProperties } from '../../conformers/generation/conformer-record.js';
import type { MoleculeSummary } from '../../conformers/generation/generate.js';
import { type Learned, unlearnedElements } from '../../conformers/network/learned.js';
import { heavyAtoms, type Molecule } from '../../molecules/molecule.js';
import type { Args } from '../command.js';
import { CheckFailed } from '../errors.js';
import { formatCount, formatDuration } from '../format.js';
import type { Output } from '../output.js';
import type { conformersGenerateSpec } from './generate-spec.js';

/** Warnings of one kind that are told one by one; the rest is told as a number at the end. */
const TOLD = 20;

/** Molecules of more heavy atoms are far larger than those that networks learn from. */
const LARGE = 50;

/** How a run ended, beside what was counted. */
interface RunEnd {
  readonly args: Args<typeof conformersGenerateSpec>;
  readonly origin: RecordOrigin;
  readonly seconds: number;
  readonly workers: number;
  /** Conformers for the JSON document. */
  readonly printed: readonly unknown[];
}

/** Counts what becomes of molecules, tells what goes wrong, and sums up. */
export class GenerateTally {
  /** Conformers in the file, those of an earlier run too. */
  written: number;
  readonly #output: Output;
  readonly #resumed: number;
  readonly #learned: Learned | undefined;
  readonly #molecules: object[] = [];
  readonly #counts = { conformers: 0, drawn: 0, failed: 0, redrawn: 0, mirrored: 0, duplicates: 0 };
  #unreadable = 0;
  #empty = 0;
  #warned = 0;
  #foreign = 0;
  #read = 0;

  /** @param resumed conformers that an earlier run has left; @param learned what the weights have learned */
  constructor(output: Output, resumed: number, learned: Learned | undefined) {
    this.#output = output;
    this.#resumed = resumed;
    this.#learned = learned;
    this.written = resumed;
  }

  wrote(): void {
    this.written++;
  }

  unreadable(error: string): void {
    this.#unreadable++;
    this.#output.warn(error);
  }

  /** @param molecules how many molecules the input holds */
  readAll(molecules: number): void {
    this.#read = molecules;
  }

  add({ index, molecule, asked, made, drawn, failed, redrawn, mirrored, duplicates }: MoleculeSummary): void {
    const counts = { conformers: made, drawn, failed: failed.length, redrawn, mirrored, duplicates };
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) this.#counts[key] += counts[key];
    const { name, smiles } = molecule;
    const unlearned = unlearnedElements(this.#learned, molecule);
    this.#molecules.push({ molecule: index + 1, name, smiles, asked, ...counts, unlearned });
    if (unlearned.length > 0 && this.#foreign++ < TOLD) {
      const elements = unlearned.join(' and ');
      this.#warn(index, molecule, `the weights have not learned ${elements}: look at its conformers with care`);
    }
    const last = failed.at(-1);
    if (!last) return;
    this.#empty += Number(made === 0);
    if (this.#warned++ >= TOLD) return;
    const what = `${failed.length} of ${asked} conformers failed`;
    const heavy = heavyAtoms(molecule).length;
    const hint = made === 0 && heavy > LARGE ? `; with ${heavy} heavy atoms it is larger than what networks learn` : '';
    this.#warn(index, molecule, `${what}; the last one, after ${last.draws} draws: ${last.reason}${hint}`);
  }

  #warn(index: number, { name, smiles }: Molecule, text: string): void {
    const label = name === '' || name === smiles ? smiles : `${name} ${smiles}`;
    this.#output.warn(`molecule ${index + 1} (${label}): ${text}`);
  }

  /** Prints the summary. @throws CheckFailed if something could not be read or got no conformer */
  finish({ args, origin, seconds, workers, printed }: RunEnd): void {
    const { input, out, trajectory = null } = args;
    const [unreadable, withoutConformers] = [this.#unreadable, this.#empty];
    const counts = { molecules: this.#read, ...this.#counts, unreadable, withoutConformers, resumed: this.#resumed };
    const about = { input, out, trajectory, ...runProperties(origin), workers, seconds };
    this.#output.document({
      ...about,
      ...counts,
      results: this.#molecules,
      ...(out === '-' && { generated: printed }),
    });
    // Standard output is for the conformers where they go there.
    if (out !== '-') for (const line of this.#lines(out, seconds, workers)) this.#output.line(line);
    else for (const line of this.#lines('standard output', seconds, workers)) this.#output.note(line);
    this.#requireSuccess();
  }

  #lines(out: string, seconds: number, workers: number): string[] {
    const { conformers, drawn, failed, redrawn, mirrored, duplicates } = this.#counts;
    const surplus = drawn > conformers + duplicates + failed ? `, chosen from ${formatCount(drawn)}` : '';
    const resumed = this.#resumed === 0 ? '' : `, ${formatCount(this.#resumed)} more were there before`;
    return [
      `${out}: ${many(conformers, 'conformer')} of ${many(this.#molecules.length, 'molecule')}${surplus}${resumed}`,
      `  made in ${formatDuration(seconds)} by ${many(workers, 'thread')}`,
      `  ${formatCount(redrawn)} drawn again, ${formatCount(mirrored)} mirrored, ` +
        `${formatCount(duplicates)} left out as duplicates, ${formatCount(failed)} failed`,
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

const many = (count: number, one: string, several = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : several}`;
