import { type Names, plainNames } from '../common/remedy.js';
import type { CommandSpec } from './command.js';

/** `--max-attempts` of `maxAttempts` */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * How a command calls the library's settings: by the option that sets them. Behind an option of another name stands the
 * key, which a configuration file may have; a setting without an option is its key.
 */
export const namesFor = (spec: CommandSpec | undefined): Names => ({
  setting: (key, value) => {
    const option = Object.entries(spec?.options ?? {}).find(([name, { sets = name }]) => sets === key)?.[0];
    if (option === undefined) return plainNames.setting(key, value);
    if (value !== undefined) return `${flagOf(option)} ${value}`;
    return option === key ? flagOf(option) : `${flagOf(option)} (${key})`;
  },
  command: (name, setting) => `'clofnet ${name}${setting === undefined ? '' : ` ${flagOf(setting)}`}'`,
});
