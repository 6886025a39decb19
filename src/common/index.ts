/**
 * Errors: mistakes of the user's, with their place and their remedy as data.
 *
 * @module common
 */

export { type ErrorCode, type ErrorDetails, type ErrorPlace, UserError } from './errors.js';
export { type CommandRemedy, type Names, plainNames, type Remedy, type SettingRemedy } from './remedy.js';
