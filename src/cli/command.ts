import { nodeDevices } from '../runtime/devices.js';
import type { Output } from './output.js';

interface OptionBase extends OptionSummary {
  /** How `--help` writes the value: `<n>`, `<dir>`. */
  readonly placeholder?: string;
  /** A letter to use instead of the name: `o` for `-o`. */
  readonly short?: string;
  /** The name that it had in the version before, which still works and is not in `--help`: `surplus`. */
  readonly formerly?: string;
  /** The command cannot run without it. */
  readonly required?: true;
}

interface OptionSummary {
  /** One line for `--help`. */
  readonly summary: string;
  /** The configuration key, or the library's option, that it sets, where that has another name: `training.batch`. */
  readonly sets?: string;
}

/**
 * An option as data. Its key in a command's `options` is its name: `batchSize` is `--batch-size`. A `list` takes one
 * or more texts, and may be given more than once.
 */
export type OptionSpec =
  | (OptionBase & { readonly type: 'string'; readonly default?: string })
  | (OptionBase & { readonly type: 'integer' | 'number'; readonly default?: number } & Bounds)
  | (OptionBase & { readonly type: 'choice'; readonly choices: Choices; readonly default?: string })
  | (OptionBase & { readonly type: 'list' })
  | (OptionSummary & { readonly type: 'boolean' });

/** Texts to choose from; those that only heavy code knows are loaded when the command is named. */
export type Choices = readonly string[] | (() => Promise<readonly string[]>);

/** The numbers that an option takes. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** It must be more than this. */
  readonly above?: number;
  /** It must be less than this. */
  readonly below?: number;
}

/** An argument known by its position. All are text; the last one may take several. */
export interface PositionalSpec {
  readonly summary: string;
  readonly optional?: true;
  readonly many?: true;
}

/** What a command is called and takes. It holds no code, so that `--help` loads none. */
export interface CommandSpec {
  /** Its words after `clofnet`: `['newton', 'train']`. */
  readonly path: readonly [string, ...string[]];
  /** One line for the list of commands. */
  readonly summary: string;
  /** More lines for the command's own `--help`. */
  readonly details?: string;
  /** In their order. */
  readonly positionals?: Readonly<Record<string, PositionalSpec>>;
  /** Besides `--json`, `--quiet` and `--help`, which every command has. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Complete command lines, at least one. */
  readonly examples: readonly [string, ...string[]];
}

/** A first word that several commands share. */
export interface CommandGroup {
  readonly name: string;
  /** A few words for the list of commands; the names of its commands are put behind them. */
  readonly summary: string;
}

/** What a command gets in addition to its arguments. */
export interface Context {
  readonly output: Output;
  /** Aborted by the first Ctrl-C or SIGTERM: save, clean up, then return or throw the signal's reason. */
  readonly signal: AbortSignal;
}

/** A command whose code is loaded when it runs. */
export interface Command {
  readonly spec: CommandSpec;
  readonly run: (context: Context, args: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** Checks a spec and keeps its exact type, from which {@link Args} infers the types of the arguments. */
export function commandSpec<const S extends CommandSpec>(spec: S): S {
  return spec;
}

/** Joins a spec with the module that implements it: one that exports `run(context, args)`. */
export function command<S extends CommandSpec>(
  spec: S,
  load: () => Promise<{ run: (context: Context, args: Args<S>) => Promise<void> }>,
): Command {
  const run: Command['run'] = async (context, args) => {
    const implementation = await load();
    // The values were parsed by `spec`, which is where Args<S> has its types from.
    await implementation.run(context, args as Args<S>);
  };
  return { spec, run };
}

/** `--seed`, for commands that draw random numbers. */
export function seedOption<const N extends number>(value: N) {
  return { type: 'integer', summary: 'seed of all random numbers', min: 0, max: 0xffffffff, default: value } as const;
}

/** `--seed`, for commands that draw none, so that scripts may give it to every command. */
export const unusedSeedOption = {
  type: 'integer',
  summary: 'accepted for consistency; this command uses no random numbers',
  min: 0,
  max: 0xffffffff,
} as const;

/** `--device`, for commands that run networks. */
export const deviceOption = {
  type: 'choice',
  choices: nodeDevices,
  default: 'cpu',
  summary: 'where the network runs',
} as const;

/** The arguments that a command with the spec `S` is run with. */
export type Args<S extends CommandSpec> = {
  readonly [K in keyof S['options']]: S['options'][K] extends Given
    ? ValueOf<S['options'][K]>
    : ValueOf<S['options'][K]> | undefined;
} & {
  readonly [K in keyof S['positionals']]: S['positionals'][K] extends { many: true }
    ? readonly string[]
    : S['positionals'][K] extends { optional: true }
      ? string | undefined
      : string;
};

/** Options that always have a value. */
type Given = { type: 'boolean' } | { default: string | number } | { required: true };

type ValueOf<O> = O extends { type: 'boolean' }
  ? boolean
  : O extends { type: 'integer' | 'number' }
    ? number
    : O extends { type: 'choice'; choices: readonly (infer C)[] }
      ? C
      : O extends { type: 'list' }
        ? readonly string[]
        : string;
