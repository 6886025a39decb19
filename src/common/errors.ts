import { type Names, plainNames, type Remedy, sayRemedies } from './remedy.js';

/** What kind of mistake it is, for programs that distinguish mistakes. */
export type ErrorCode =
  /** An option, a setting or an argument that makes no sense: the default. */
  | 'input'
  /** A file that is not there, cannot be read or written, is damaged, or is of another form. */
  | 'file'
  /** A configuration that breaks its schema. */
  | 'config'
  /** Something is there already, or is in use. */
  | 'conflict'
  /** Two things that do not belong together: weights and network, a run and its data. */
  | 'mismatch'
  /** A device that is not there, or computes wrong numbers. */
  | 'device'
  /** Numbers that are no longer finite. */
  | 'diverged';

/** Where the mistake is, as far as it is known. All numbers but indices of arrays count from 1. */
export interface ErrorPlace {
  readonly file?: string;
  /** With a file, what the message begins with: `file:line:column: `. */
  readonly line?: number;
  readonly column?: number;
  /** Of a file of many records: which. */
  readonly record?: number;
  /** Of a configuration or a manifest: `training.batch`. */
  readonly key?: string;
  /** Of a file of tensors or weights. */
  readonly tensor?: string;
  /** Of a molecule. */
  readonly atom?: number;
  /**
   * What the message is about and, but for the line, begins with: the name of an option, a setting or an argument,
   * `maxAttempts`.
   */
  readonly about?: string;
}

/** What a {@link UserError} holds in addition to its message: plain data. */
export interface ErrorDetails extends ErrorPlace {
  /** Default: `file` where a file is named, else `input`. */
  readonly code?: ErrorCode;
  /** What would mend it: one cure, or alternatives. */
  readonly remedy?: Remedy | readonly Remedy[];
}

/**
 * A mistake of the user's: bad input, an option that makes no sense, a file that is not there, a device that fails.
 *
 * **The rule.** What comes from outside (files, settings, molecules and systems that people give, the machine) and can
 * be mended without knowing our code is a UserError. What only a caller's code can get wrong (lengths of arrays, calls
 * in the wrong order) is a RangeError, TypeError or Error, as is what cannot happen: a fault of ours, shown with its
 * stack.
 *
 * The message is one line that says what is wrong, where, and how to mend it. It names neither flags nor buttons:
 * {@link UserError.describe} says it in the words of an interface. The command line prints that without a stack trace
 * and exits with code 2.
 */
export class UserError extends Error {
  override name = 'UserError';
  readonly #problem: string;
  readonly #details: ErrorDetails;

  constructor(problem: string, { cause, ...details }: ErrorDetails & { readonly cause?: unknown } = {}) {
    super(describe(problem, details, plainNames), cause === undefined ? undefined : { cause });
    this.#problem = problem;
    this.#details = details;
  }

  /** What is wrong, without the line, the name of what it is about, and the cure. */
  get problem(): string {
    return this.#problem;
  }

  get details(): ErrorDetails {
    return this.#details;
  }

  get code(): ErrorCode {
    return this.#details.code ?? (this.#details.file === undefined ? 'input' : 'file');
  }

  /** The cures, alternatives to each other; none where nothing but the message helps. */
  get remedies(): readonly Remedy[] {
    return remediesOf(this.#details);
  }

  /** The message in the words of an interface. */
  describe(names: Names): string {
    return describe(this.#problem, this.#details, names);
  }
}

const remediesOf = ({ remedy = [] }: ErrorDetails): readonly Remedy[] =>
  typeof remedy === 'string' || !isList(remedy) ? [remedy] : remedy;

const isList = (remedy: Remedy | readonly Remedy[]): remedy is readonly Remedy[] => Array.isArray(remedy);

function describe(problem: string, details: ErrorDetails, names: Names): string {
  const { about, file, line, column } = details;
  const place =
    file === undefined || line === undefined ? '' : `${file}:${line}${column === undefined ? '' : `:${column}`}: `;
  const subject = about === undefined ? '' : `${names.setting(about) ?? about} `;
  const cures = sayRemedies(remediesOf(details), names);
  return `${place}${subject}${problem}${cures === '' ? '' : `; ${cures}`}`;
}
