import { UserError } from '../../common/errors.js';
import { type MakingOptions, type MakingSettings, makingSettings } from '../../conformers/making/making-settings.js';

/** What to do about molecules that are too large. */
export const TOO_LARGE = 'take a smaller one or raise --max-atoms';

/**
 * How the library's messages name options: `sigma must be …`, `give relax mmff94s too`, `leave churn out`. Other places
 * where these words stand are about the things themselves.
 */
const OPTION = /^(?:steps|sigma|churn|window|surplus|maxDraws)\b|(?<=\b(?:give|leave) )(?:relax|churn)\b/g;

/** The settings that options of a command stand for. @throws UserError that names them as on the command line */
export function settingsOf(options: MakingOptions): MakingSettings {
  try {
    return makingSettings(options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replace(OPTION, flagOf), { cause: error });
  }
}

/** `--max-draws` of `maxDraws` */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
