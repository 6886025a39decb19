/**
 * What would mend a mistake, as data. Settings and commands are named by their keys (`training.batch`, `out`,
 * `newton train`); whoever shows the error says them in words of its own: flags, buttons. Text is for cures that no
 * setting and no command is part of.
 */
export type Remedy = string | SettingRemedy | CommandRemedy;

/** To give a setting, to give it another value, a lower one, or none. */
export interface SettingRemedy {
  readonly setting: string;
  /** Default: give it. */
  readonly action?: 'add' | 'use' | 'change' | 'lower' | 'raise' | 'omit';
  /** One that would do. */
  readonly value?: string | number;
  /** The command that the setting is of, where it is not the one at hand. */
  readonly command?: string;
  /** What for, with its preposition: `to start over`. */
  readonly purpose?: string;
}

/** To run another command; with the action `give`, to give what it has written. */
export interface CommandRemedy {
  readonly command: string;
  readonly setting?: undefined;
  readonly action?: 'give';
  readonly purpose?: string;
}

/** For what is written to a place where something is. */
export const anotherFile: Remedy = { setting: 'out', action: 'change' };

/** For a run that finds one there already. */
export const resumeOrStartOver: readonly Remedy[] = [
  { setting: 'resume', purpose: 'to continue it' },
  { setting: 'force', purpose: 'to start over' },
];

/** How an interface calls settings and commands. */
export interface Names {
  /** `--batch`, `--train 120`; undefined where the interface has nothing for it: such a cure is left out. */
  setting(key: string, value?: string | number): string | undefined;
  /** A command. @param setting one of the command, to be given with it */
  command(name: string, setting?: string): string;
}

/** The names as they stand in the data, for those who use the library itself. */
export const plainNames: Names = {
  setting: (key: string, value?: string | number): string => (value === undefined ? key : `${key} ${value}`),
  command: (name: string, setting?: string): string =>
    setting === undefined ? `the command ${name}` : `the command ${name} with ${setting}`,
};

/** Remedies in words, alternatives to each other: `lower --batch, or give another --out`. */
export function sayRemedies(remedies: readonly Remedy[], names: Names): string {
  const said = remedies.flatMap((remedy) => (typeof remedy === 'string' ? remedy : (sayRemedy(remedy, names) ?? [])));
  return said.length < 2 ? said.join() : `${said.slice(0, -1).join(', ')}, or ${said.at(-1)}`;
}

function sayRemedy(remedy: SettingRemedy | CommandRemedy, names: Names): string | undefined {
  const cure = remedy.setting === undefined ? sayCommand(remedy, names) : saySetting(remedy, names);
  return remedy.purpose === undefined || cure === undefined ? cure : `${cure} ${remedy.purpose}`;
}

const sayCommand = ({ command, action }: CommandRemedy, names: Names): string =>
  action === 'give' ? `give one that ${names.command(command)} wrote` : `use ${names.command(command)}`;

function saySetting({ setting, action, value, command }: SettingRemedy, names: Names): string | undefined {
  if (command !== undefined) {
    const name = names.command(command, action === 'change' ? undefined : setting);
    return action === 'change' ? `use ${name} with another ${setting}` : `use ${name}`;
  }
  const name = names.setting(setting, value);
  if (name === undefined) return undefined;
  return {
    give: `give ${name}`,
    add: `add ${name}`,
    use: `use ${name}`,
    change: `give another ${name}`,
    lower: `lower ${name}`,
    raise: `raise ${name}`,
    omit: `remove ${name}`,
  }[action ?? 'give'];
}
