import { CommanderError } from 'commander';
import { UserError } from '../common/errors.js';
import type { Names } from '../common/remedy.js';
import { Interrupted } from './interrupt.js';

/** How a command line ended: its exit code, and what is to be printed on standard error. */
export interface Failure {
  readonly exitCode: number;
  readonly text: string;
}

/** What a command was asked to check does not hold: one line, and exit code 1. */
export class CheckFailed extends Error {
  override name = 'CheckFailed';
}

/**
 * What to say about an error. Mistakes of the user's and troubles of the machine are one line and exit code 2; a check
 * that failed is one line and 1; an interruption is 130 or 143; anything else is a fault of clofnet's: the stack, and 1.
 *
 * @param name the command as it was typed, `clofnet newton train`
 * @param names how the command calls the library's settings
 */
export function describeFailure(error: unknown, name: string, signal: AbortSignal, names: Names): Failure {
  const interruption = signal.reason;
  if (signal.aborted && interruption instanceof Interrupted && isAbort(error)) {
    return { exitCode: interruption.exitCode, text: `${name}: interrupted` };
  }
  if (error instanceof UserError) return { exitCode: 2, text: `${name}: ${oneLine(error.describe(names))}` };
  if (error instanceof CheckFailed) return { exitCode: 1, text: `${name}: ${oneLine(error.message)}` };
  if (error instanceof CommanderError) {
    const message = oneLine(error.message).replace(/^error: |\.$/g, '');
    return { exitCode: 2, text: `${name}: ${message}; see ${name} --help` };
  }
  const trouble = systemTrouble(error);
  if (trouble !== undefined) return { exitCode: 2, text: `${name}: ${oneLine(trouble)}` };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: 1, text: `${name}: unexpected error, please report it:\n${stack}` };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || isAbort(error.cause));
}

/** On one line, and without control characters, which parts of damaged files would bring to the terminal. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\p{Cc}/gu, '\ufffd');
}

const TROUBLES: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'no permission'],
  ['EPERM', 'no permission'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'part of the path is not a folder'],
  ['EISDIR', 'this is a folder, expected a file'],
  ['EEXIST', 'this already exists'],
  ['EIO', 'the disk failed'],
  ['EMFILE', 'too many open files; raise the limit with ulimit -n'],
  ['ENOMEM', 'out of memory'],
]);

/** What the operating system refused, and where; undefined for errors that it has nothing to do with. */
function systemTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const trouble = TROUBLES.get(error.code);
  if (trouble === undefined) return undefined;
  return 'path' in error && typeof error.path === 'string' ? `${error.path}: ${trouble}` : trouble;
}
