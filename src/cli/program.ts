import { Argument, Command as Commander, Option } from 'commander';
import { didYouMean } from '../common/nearest.js';
import type { Command, CommandGroup, CommandSpec, OptionSpec } from './command.js';
import { flagOf } from './flags.js';
import type { OutputOptions } from './output.js';
import { listParser, valueParser } from './values.js';

/** Everything that `clofnet` can do. */
export interface CommandList {
  readonly commands: readonly Command[];
  /** Of the first words that several commands share. */
  readonly groups: readonly CommandGroup[];
}

/** Called when a command line has been understood. `notes` are remarks on how it was written. */
export type Start = (
  command: Command,
  args: Readonly<Record<string, unknown>>,
  output: OutputOptions,
  notes: readonly string[],
) => Promise<void>;

/** The parser of command lines. It throws CommanderError and never ends the process. */
export function buildProgram(list: CommandList, version: string, start: Start): Commander {
  const program = new Commander('clofnet')
    .description('SE(3)-equivariant graph neural networks with complete local frames.')
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false);
  for (const command of list.commands) addCommand(program, command, list, start);
  addHelp(program);
  return program;
}

/**
 * `clofnet help newton train`. commander's own takes one word, and shows the general help for one that is no command.
 */
function addHelp(program: Commander): void {
  const leaf = program.command('help').argument('[command...]').summary('show the help of a command');
  leaf.action((words: readonly string[]) => {
    let at = program;
    for (const word of words) {
      const next = at.commands.find((command) => command.name() === word);
      const hint = didYouMean(
        word,
        at.commands.map((command) => command.name()),
      );
      if (next === undefined) leaf.error(`error: unknown command '${word}'${hint}`);
      else at = next;
    }
    at.help();
  });
}

function addCommand(program: Commander, command: Command, list: CommandList, start: Start): void {
  const { path } = command.spec;
  let parent = program;
  for (const word of path.slice(0, -1)) {
    parent = parent.commands.find((group) => group.name() === word) ?? addGroup(parent, word, list);
  }
  const leaf = parent.command(path.at(-1) ?? '').summary(command.spec.summary);
  describeCommand(leaf, command.spec);
  leaf.action(() => {
    const { options: given, notes } = givenOptions(leaf, command.spec);
    const { json, quiet, ...options } = given;
    const args = { ...switchedOff(command.spec), ...options, ...positionals(leaf, command.spec) };
    requireValues(leaf, command.spec, args);
    return start(command, args, { json: json === true, quiet: quiet === true }, notes);
  });
}

function addGroup(parent: Commander, word: string, { groups, commands }: CommandList): Commander {
  const names = commands.filter(({ spec: { path } }) => path[0] === word).map(({ spec: { path } }) => path.at(-1));
  const summary = groups.find(({ name }) => name === word)?.summary ?? word;
  return parent
    .command(word)
    .description(`${summary}: ${names.join(', ')}`)
    .helpCommand(false);
}

function describeCommand(leaf: Commander, spec: CommandSpec): void {
  leaf.description(spec.details === undefined ? spec.summary : `${spec.summary}\n\n${spec.details}`);
  for (const [name, { summary, optional, many }] of Object.entries(spec.positionals ?? {})) {
    const label = many ? `${name}...` : name;
    leaf.addArgument(new Argument(optional ? `[${label}]` : `<${label}>`, summary));
  }
  for (const [name, option] of Object.entries(spec.options)) addOption(leaf, name, option);
  leaf.option('--json', 'print the result as one JSON document');
  leaf.option('--quiet', 'no progress and no notes on standard error');
  const examples = spec.examples.map((line) => `  $ ${line}`).join('\n');
  leaf.addHelpText('after', `\n${spec.examples.length > 1 ? 'Examples' : 'Example'}:\n${examples}`);
}

function addOption(leaf: Commander, name: string, spec: OptionSpec): void {
  leaf.addOption(buildOption(name, spec));
  if (!('formerly' in spec) || spec.formerly === undefined) return;
  leaf.addOption(
    buildOption(spec.formerly, { ...spec, short: undefined })
      .default(undefined)
      .hideHelp(),
  );
}

/** The values of options; those under former names go to the present ones, and notes say so. */
function givenOptions(leaf: Commander, spec: CommandSpec) {
  const options = { ...leaf.opts<Record<string, unknown>>() };
  const notes: string[] = [];
  for (const [name, option] of Object.entries(spec.options)) {
    if (!('formerly' in option) || option.formerly === undefined) continue;
    const value = options[option.formerly];
    delete options[option.formerly];
    if (value === undefined) continue;
    const note = `${flagOf(option.formerly)} is now ${flagOf(name)}`;
    if (leaf.getOptionValueSource(name) === 'cli') leaf.error(`error: ${note}; give only one`);
    options[name] = value;
    notes.push(note);
  }
  return { options, notes };
}

function buildOption(name: string, spec: OptionSpec): Option {
  const flag = flagOf(name);
  if (spec.type === 'boolean') return new Option(flag, spec.summary);
  const placeholder = spec.placeholder ?? (spec.type === 'integer' || spec.type === 'number' ? 'n' : 'value');
  const summary = spec.required ? `${spec.summary} (required)` : spec.summary;
  const value = spec.type === 'list' ? `<${placeholder}...>` : `<${placeholder}>`;
  const option = new Option(`${spec.short ? `-${spec.short}, ` : ''}${flag} ${value}`, summary);
  if (spec.type === 'list') return option.argParser(listParser(spec));
  if (spec.type === 'choice' && typeof spec.choices !== 'function') option.choices(spec.choices);
  else option.argParser(valueParser(spec));
  if (spec.default !== undefined) option.default(spec.default);
  return option;
}

/**
 * Refuses what is missing or empty. commander's own check of mandatory options comes before that of unknown ones: it
 * would answer `--weight w` with "--weights not specified".
 */
function requireValues(leaf: Commander, spec: CommandSpec, args: Readonly<Record<string, unknown>>): void {
  for (const [name, option] of Object.entries(spec.options)) {
    if (!('required' in option && option.required) || args[name] !== undefined) continue;
    const flags = leaf.options.find((known) => known.attributeName() === name)?.flags;
    leaf.error(`error: required option '${flags}' not specified`);
  }
  for (const name of Object.keys(spec.positionals ?? {})) {
    if ([args[name]].flat().includes('')) leaf.error(`error: argument '${name}' is empty`);
  }
}

function positionals(leaf: Commander, spec: CommandSpec): Record<string, unknown> {
  const names = Object.keys(spec.positionals ?? {});
  return Object.fromEntries(names.map((name, i) => [name, leaf.processedArgs[i]]));
}

/** False for every switch, which commander leaves out where it is not given. */
function switchedOff({ options }: CommandSpec): Record<string, unknown> {
  const switches = Object.entries(options).filter(([, option]) => option.type === 'boolean');
  return Object.fromEntries(switches.map(([name]) => [name, false]));
}
