import type { OptionSpec } from './command.js';
import type { CommandList } from './program.js';

/**
 * The commands, that which is named with all its choices at hand: those of other commands are not loaded.
 * @param argv the words after `clofnet`
 */
export async function withChoices(list: CommandList, argv: readonly string[]): Promise<CommandList> {
  const words = argv[0] === 'help' ? argv.slice(1) : argv;
  const commands = list.commands.map(async (command) => {
    const { spec } = command;
    if (!spec.path.every((word, k) => words[k] === word)) return command;
    const options = Object.entries(spec.options).map(async ([name, option]) => [name, await loaded(option)] as const);
    return { ...command, spec: { ...spec, options: Object.fromEntries(await Promise.all(options)) } };
  });
  return { ...list, commands: await Promise.all(commands) };
}

const loaded = async (option: OptionSpec): Promise<OptionSpec> =>
  option.type === 'choice' && typeof option.choices === 'function'
    ? { ...option, choices: await option.choices() }
    : option;
