import type { EnsembleFile } from '../../conformers/ensembles/ensemble-file.node.js';
import type { MadeEnsemble } from '../../conformers/ensembles/make-ensembles.node.js';
import { CheckFailed } from '../errors.js';
import { formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import { resumeAdvice, stopNote, unchanged } from '../stop-note.js';

/** Warnings that are shown one by one; the rest appear as a number at the end. */
const TOLD = 20;

interface RunEnd {
  readonly input: string;
  readonly out: string;
  readonly settings: string;
  readonly workers: number;
  readonly seconds: number;
}

/** Counts what becomes of molecules, warns of what goes wrong, and sums up. */
export class EnsembleTally {
  readonly #output: Output;
  readonly #counts = { molecules: 0, conformers: 0, withoutConformers: 0, unreadable: 0, repeated: 0 };
  /** A file that was there before. */
  readonly #kept: string | undefined;
  /** Molecules that an earlier run left. */
  readonly #resumed: number;
  #told = 0;

  /** @param file before anything is written to it */
  constructor(output: Output, { kept, sources }: EnsembleFile) {
    this.#output = output;
    this.#kept = kept;
    this.#resumed = sources.size;
  }

  /** Says what a run leaves that does not reach its end. */
  noteStop({ growing: path, sources }: EnsembleFile, force: boolean, isInterrupted: boolean): void {
    const hasGrown = sources.size > this.#resumed;
    const place = { path, kept: this.#kept, isResumed: this.#kept !== undefined && !force, hasGrown };
    const advice = `run the same command ${resumeAdvice({ force })} to continue`;
    const held = many(sources.size, 'molecule');
    const note = stopNote(place, { held, first: 'molecule', advice }, isInterrupted);
    if (note !== undefined) this.#output.note(note);
  }

  unreadable(error: string): void {
    this.#counts.unreadable++;
    this.#tell(error);
  }

  repeated(): void {
    this.#counts.repeated++;
  }

  add({ molecule, made }: MadeEnsemble): void {
    this.#counts.molecules++;
    if ('reason' in made) {
      this.#counts.withoutConformers++;
      this.#tell(`${molecule.name === '' ? '' : `${molecule.name}: `}${molecule.smiles}: ${made.reason}`);
    } else this.#counts.conformers += made.conformers.length;
  }

  #tell(message: string): void {
    this.#told++;
    if (this.#told <= TOLD) this.#output.warn(message);
    if (this.#told === TOLD + 1) this.#output.warn('further warnings are counted but not shown');
  }

  /** Prints the summary. @throws CheckFailed where lines could not be read or molecules got no conformers */
  finish({ out, seconds, workers, ...rest }: RunEnd): void {
    const { molecules, conformers, withoutConformers, unreadable, repeated } = this.#counts;
    const made = molecules - withoutConformers;
    const document = { ...rest, out, ...this.#counts, resumed: this.#resumed, workers, seconds };
    this.#output.result(document, () => [
      molecules + this.#resumed === 0
        ? `no molecules; ${unchanged(this.#kept)}`
        : `${out}: ${many(conformers, 'conformer')} of ${many(made, 'molecule')}` +
          (this.#resumed === 0 ? '' : `, plus ${many(this.#resumed, 'molecule')} already in the file`),
      `  took ${formatDuration(seconds)} on ${many(workers, 'thread')}`,
      ...(repeated > 0 ? [`  ${many(repeated, 'duplicate molecule')} omitted`] : []),
    ]);
    const problems = [
      ...(unreadable > 0 ? [`${many(unreadable, 'line or record', 'lines or records')} could not be read`] : []),
      ...(withoutConformers > 0 ? [`${many(withoutConformers, 'molecule')} got no conformers`] : []),
    ];
    if (problems.length > 0) throw new CheckFailed(problems.join(', '));
  }
}
