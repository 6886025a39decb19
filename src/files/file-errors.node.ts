import { dirname } from 'node:path';
import { UserError } from '../common/errors.js';

/** The operating system's code of an error (`ENOENT`, …), where it has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const WRITE_REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `the folder ${dirname(path)} does not exist; create it first`,
  ENOTDIR: (path) => `${dirname(path)} is not a folder`,
  EISDIR: () => 'a folder of that name is there',
  EACCES: (path) => `no permission to write in ${dirname(path)}`,
  EPERM: (path) => `no permission to write in ${dirname(path)}`,
  EROFS: () => 'the disk is read-only',
  ENOSPC: () => 'the disk is full; free some space or write elsewhere',
  EDQUOT: () => 'the disk quota is used up; free some space or write elsewhere',
  EFBIG: () => 'the file would be larger than the system allows',
  ENAMETOOLONG: () => 'the name is too long',
};

const READ_REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: () => 'no such file',
  ENOTDIR: (path) => `${dirname(path)} is not a folder`,
  EISDIR: () => 'it is a folder, not a file',
  EACCES: () => 'no permission to read it',
  EPERM: () => 'no permission to read it',
};

/** A UserError for what the system says about writing `path`; other errors come back as they are. */
export function writeError(error: unknown, path: string): unknown {
  return translate(error, `cannot write ${path}`, path, WRITE_REASONS[errorCode(error) ?? '']?.(path));
}

/** A UserError for what the system says about reading `path`; other errors come back as they are. */
export function readError(error: unknown, path: string): unknown {
  return translate(error, `cannot read ${path}`, path, READ_REASONS[errorCode(error) ?? '']?.(path));
}

function translate(error: unknown, what: string, file: string, reason: string | undefined): unknown {
  return reason === undefined ? error : new UserError(`${what}: ${reason}`, { file, cause: error });
}
