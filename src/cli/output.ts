import { canShowProgress, type Progress, ProgressBar, type ProgressOptions, SILENT } from './progress.js';
import type { Streams } from './streams.js';

/** `--json` and `--quiet`. */
export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * What a command says. Results go to standard output: lines for people, or with `--json` one document and nothing
 * else. Notes, warnings and progress go to standard error.
 */
export class Output {
  readonly json: boolean;
  readonly quiet: boolean;
  private readonly streams: Streams;
  private bar: ProgressBar | undefined;
  private documented = false;

  constructor(streams: Streams, { json, quiet }: OutputOptions) {
    this.streams = streams;
    this.json = json;
    this.quiet = quiet;
  }

  /** A line of the result, for people; nothing with `--json`. */
  line(text = ''): void {
    if (!this.json) this.above(() => this.streams.stdout.write(`${text}\n`));
  }

  /** The result as JSON; nothing without `--json`. Typed arrays become lists. A command calls it at most once. */
  document(value: unknown): void {
    if (!this.json) return;
    if (this.documented) throw new Error('a command prints one JSON document');
    this.documented = true;
    this.above(() => this.streams.stdout.write(`${JSON.stringify(value, plainArrays, 2)}\n`));
  }

  /** The result in either form. `lines` is only called when they are wanted. */
  result(value: unknown, lines: () => Iterable<string>): void {
    if (this.json) this.document(value);
    else for (const text of lines()) this.line(text);
  }

  /** A remark that is no result; nothing with `--quiet`. */
  note(text: string): void {
    if (!this.quiet) this.above(() => this.streams.stderr.write(`${text}\n`));
  }

  /** Something that the user should know even with `--quiet`. */
  warn(text: string): void {
    this.above(() => this.streams.stderr.write(`warning: ${text}\n`));
  }

  /** A progress bar, where someone can see it: on a terminal, without `--json` and `--quiet`. */
  progress(title: string, total: number, options: Partial<ProgressOptions> = {}): Progress {
    this.endProgress();
    if (this.json || this.quiet || !canShowProgress(this.streams.stderr)) return SILENT;
    this.bar = new ProgressBar(this.streams.stderr, { ...options, title, total });
    return this.bar;
  }

  /** Takes a bar that is still there off the screen. */
  endProgress(): void {
    this.bar?.finish();
    this.bar = undefined;
  }

  private above(print: () => void): void {
    if (this.bar) this.bar.around(print);
    else print();
  }
}

function plainArrays(_key: string, value: unknown): unknown {
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Array.from(value, Number);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Object.values(value);
  return value instanceof Map ? Object.fromEntries(value) : value;
}
