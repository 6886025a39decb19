import { formatCount, formatDuration } from './format.js';
import type { TextStream } from './streams.js';

/** How far a piece of work is. */
export interface Progress {
  /** @param done how many of the total, @param note what else to say, such as the loss */
  update(done: number, note?: string): void;
  /** Takes the bar off the screen. */
  finish(): void;
}

export interface ProgressOptions {
  readonly title: string;
  readonly total: number;
  /** What was done before the clock started, as in a resumed run. */
  readonly initial?: number;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
}

/** The shortest time between two drawings, in milliseconds. */
const REDRAW = 100;
const CLEAR_LINE = '\r\x1b[K';

/** A bar on one line of a terminal, with the rate and the time that is left. */
export class ProgressBar implements Progress {
  private readonly stream: TextStream;
  private readonly options: ProgressOptions;
  private readonly now: () => number;
  private readonly start: number;
  private drawn = Number.NEGATIVE_INFINITY;
  private line = '';
  private finished = false;

  constructor(stream: TextStream, options: ProgressOptions) {
    this.stream = stream;
    this.options = options;
    this.now = options.now ?? (() => performance.now());
    this.start = this.now();
  }

  update(done: number, note = ''): void {
    const now = this.now();
    if (this.finished || (now - this.drawn < REDRAW && done < this.options.total)) return;
    this.drawn = now;
    const columns = this.stream.columns || 80;
    const line = progressLine(this.options, done, (now - this.start) / 1000, note, columns < 80 ? 10 : 20);
    this.line = truncate(line, columns - 1);
    this.stream.write(CLEAR_LINE + this.line);
  }

  finish(): void {
    if (!this.finished && this.line !== '') this.stream.write(CLEAR_LINE);
    this.finished = true;
  }

  /** Lets `print` write whole lines above the bar. */
  around(print: () => void): void {
    const shown = !this.finished && this.line !== '';
    if (shown) this.stream.write(CLEAR_LINE);
    print();
    if (shown) this.stream.write(this.line);
  }
}

/** Progress that nobody watches. */
export const SILENT: Progress = { update() {}, finish() {} };

/** Whether a moving line makes sense there: on a terminal that can erase one. */
export function canShowProgress(stream: TextStream, terminal = process.env.TERM): boolean {
  return stream.isTTY === true && terminal !== 'dumb';
}

function progressLine(
  { title, total, initial = 0 }: ProgressOptions,
  done: number,
  seconds: number,
  note: string,
  width: number,
): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(share * width);
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
  const rate = seconds > 0 ? (done - initial) / seconds : 0;
  const parts = [`${title} ${bar} ${Math.floor(share * 100)} %`, `${formatCount(done)}/${formatCount(total)}`];
  if (rate > 0) parts.push(`${formatCount(rate)}/s`, `${formatDuration((total - done) / rate)} left`);
  if (note !== '') parts.push(note);
  return parts.join('  ');
}

function truncate(line: string, width: number): string {
  const letters = Array.from(line);
  return letters.length <= width ? line : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
