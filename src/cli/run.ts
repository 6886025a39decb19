import { type Command as Commander, CommanderError } from 'commander';
import { describeFailure } from './errors.js';
import { namesFor } from './flags.js';
import { catchInterrupts, Interrupted } from './interrupt.js';
import { withChoices } from './loaded-choices.js';
import { Output } from './output.js';
import { buildProgram, type CommandList } from './program.js';
import type { Streams } from './streams.js';
import { packageVersion } from './version.js';

/**
 * Runs one command line and returns the exit code: 0 done, 1 a failed check or a fault of clofnet's, 2 a mistake in
 * what it was given, 130 or 143 interrupted. It throws nothing.
 *
 * @param argv the words after `clofnet`
 */
export async function runCommandLine(argv: readonly string[], list: CommandList, streams: Streams): Promise<number> {
  let output = new Output(streams, { json: false, quiet: false });
  const interrupts = catchInterrupts(() => output.note('stopping; press Ctrl-C again to quit immediately'));
  let names = namesFor(undefined);
  const commands = await withChoices(list, argv);
  const program = buildProgram(commands, packageVersion(), (command, args, options, notes) => {
    output = new Output(streams, options);
    names = namesFor(command.spec);
    for (const note of notes) output.note(note);
    return command.run({ output, signal: interrupts.signal }, args);
  });
  const usage = redirect(program, streams);
  try {
    await program.parseAsync(argv, { from: 'user' });
    output.endProgress();
    return interrupts.signal.reason instanceof Interrupted ? interrupts.signal.reason.exitCode : 0;
  } catch (error) {
    output.endProgress();
    if (error instanceof CommanderError && isHelp(error)) {
      streams.stdout.write(usage());
      return 0;
    }
    const { exitCode, text } = describeFailure(error, commandName(program, argv), interrupts.signal, names);
    streams.stderr.write(`${text}\n`);
    return exitCode;
  } finally {
    interrupts.dispose();
  }
}

/** Help goes to standard output; what commander says about mistakes is kept back, as we say it ourselves. */
function redirect(program: Commander, streams: Streams): () => string {
  let kept = '';
  const configure = (command: Commander): void => {
    command.configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => {
        kept += text;
      },
      outputError: () => {},
    });
    command.commands.forEach(configure);
  };
  configure(program);
  return () => kept;
}

/** `--help`, `--version`, and a group without a command, which shows its help too. */
function isHelp({ code }: CommanderError): boolean {
  return code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version';
}

/** `clofnet newton train`: as many words as name a command. */
function commandName(program: Commander, argv: readonly string[]): string {
  const words = [program.name()];
  let at: Commander | undefined = program;
  for (const word of argv) {
    at = at.commands.find((command) => command.name() === word);
    if (at === undefined) break;
    words.push(word);
  }
  return words.join(' ');
}
