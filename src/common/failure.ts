import { type ErrorDetails, UserError } from './errors.js';

/** An error as plain data, which may go to another thread. */
export interface Failure {
  /** Of a UserError its problem, of any other error the place it was thrown from. */
  readonly error: string;
  /** What else a UserError says; absent for other errors. */
  readonly mistake?: ErrorDetails;
}

/** The data of an error. Its cause stays behind. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { error: error.problem, mistake: error.details };
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The error again, to be thrown on this side. */
export const errorOf = ({ error, mistake }: Failure): Error =>
  mistake === undefined ? new Error(error) : new UserError(error, mistake);
