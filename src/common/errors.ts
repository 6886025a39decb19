/**
 * A mistake of the user's: bad input, an option that makes no sense, a file that is not there.
 * The message is one line that says what is wrong, where, and how to mend it; the command line prints it
 * without a stack trace and exits with code 2.
 */
export class UserError extends Error {
  override name = 'UserError';
}
