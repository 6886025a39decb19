import { UserError } from './errors.js';

/** An error as plain data, which may go to another thread. */
export interface Failure {
  readonly error: string;
  readonly isUserError: boolean;
}

/** A UserError keeps its message alone, any other error the place it was thrown from. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { error: String(error), isUserError: false };
  const isUserError = error.name === 'UserError';
  return { error: isUserError ? error.message : (error.stack ?? error.message), isUserError };
}

/** The error again, to be thrown on this side. */
export const errorOf = ({ error, isUserError }: Failure): Error =>
  isUserError ? new UserError(error) : new Error(error);
