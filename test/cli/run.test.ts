import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Args, type Context, command, commandSpec, seedOption } from '../../src/cli/command.js';
import type { CommandList } from '../../src/cli/program.js';
import { runCommandLine } from '../../src/cli/run.js';
import { UserError } from '../../src/common/errors.js';
import { recordingStreams } from './support/streams.js';

const spec = commandSpec({
  path: ['zoo', 'feed'],
  summary: 'feed animals',
  details: 'They like it.',
  positionals: { keeper: { summary: 'who feeds' }, animals: { summary: 'whom', many: true } },
  options: {
    foodKind: { type: 'choice', choices: ['hay', 'fish'], default: 'hay', summary: 'what they get' },
    portions: { type: 'integer', formerly: 'helpings', min: 1, max: 9, summary: 'how many' },
    weight: { type: 'number', formerly: 'netWeight', min: 0, default: 0.5, summary: 'of one portion' },
    place: { type: 'string', placeholder: 'dir', summary: 'where' },
    force: { type: 'boolean', summary: 'even when they are full' },
    bill: { type: 'string', sets: 'costs.bill', placeholder: 'file', summary: 'where costs go' },
    guests: { type: 'list', placeholder: 'name', summary: 'who may look on' },
    seed: seedOption(43),
  },
  examples: ['clofnet zoo feed Ann lion'],
});
type FeedArgs = Args<typeof spec>;

/** Runs `words` with `run` in the place of the command. */
async function zoo(words: string, run: (context: Context, args: FeedArgs) => void | Promise<void> = () => {}) {
  const list: CommandList = {
    groups: [{ name: 'zoo', summary: 'animals' }],
    commands: [command(spec, async () => ({ run: async (context, args) => run(context, args) }))],
  };
  const { streams, written } = recordingStreams();
  const exitCode = await runCommandLine(words.split(' ').filter(Boolean), list, streams);
  return { exitCode, ...written };
}

describe('runCommandLine', () => {
  it('hands the command typed arguments, defaults filled in', async () => {
    let got: FeedArgs | undefined;
    const words = 'zoo feed Ann lion seal --food-kind fish --portions 3 --force';
    expect(
      await zoo(words, (_, args) => {
        got = args;
      }),
    ).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(got).toEqual({
      keeper: 'Ann',
      animals: ['lion', 'seal'],
      foodKind: 'fish',
      portions: 3,
      weight: 0.5,
      force: true,
      seed: 43,
    });
    await zoo('zoo feed Ann lion', (_, args) => expect(args.force).toBe(false));
    expectTypeOf<FeedArgs['foodKind']>().toEqualTypeOf<'hay' | 'fish'>();
    expectTypeOf<FeedArgs['portions']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<FeedArgs['animals']>().toEqualTypeOf<readonly string[]>();
  });

  it('takes an option under its former name, hidden from help, with a note', async () => {
    const seen: object[] = [];
    const feed = (options: string) =>
      zoo(`zoo feed Ann lion ${options}`, (_, { portions, weight, ...rest }) => {
        expect(rest).not.toHaveProperty('helpings');
        seen.push({ portions, weight });
      });
    expect(await feed('--helpings 3 --net-weight 2')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '--helpings is now --portions\n--net-weight is now --weight\n',
    });
    expect(await feed('--helpings 4 --quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(seen).toEqual([
      { portions: 3, weight: 2 },
      { portions: 4, weight: 0.5 },
    ]);
    expect((await zoo('zoo feed --help')).stdout).not.toMatch(/helpings|net-weight/);
    for (const [options, message] of [
      ['--helpings 0', "option '--helpings <n>' argument '0' is invalid. Expected a whole number from 1 to 9"],
      ['--helpings 3 --portions 3', '--helpings is now --portions; give only one'],
      ['--weight 3 --net-weight 3', '--net-weight is now --weight; give only one'],
    ]) {
      const { exitCode, stderr } = await feed(options);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('gathers a list from several values and several options', async () => {
    await zoo('zoo feed Ann lion --guests Bob Cid --force --guests Dan', (_, args) => {
      expect(args.guests).toEqual(['Bob', 'Cid', 'Dan']);
      expect(args.animals).toEqual(['lion']);
    });
    await zoo('zoo feed Ann lion', (_, args) => expect(args.guests).toBeUndefined());
    expectTypeOf<FeedArgs['guests']>().toEqualTypeOf<readonly string[] | undefined>();
  });

  it('shows help on standard output, for groups without a command too', async () => {
    for (const words of ['', '--help', 'help']) {
      const shown = await zoo(words);
      expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
      expect(shown.stdout).toMatch(/Usage: clofnet[\s\S]*zoo +animals: feed/);
    }
    expect(await zoo('zoo')).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('feed animals'),
    });
    const { exitCode, stdout } = await zoo('zoo feed --help');
    expect(exitCode).toBe(0);
    expect(await zoo('help zoo feed')).toEqual({ exitCode, stdout, stderr: '' });
    expect(stdout).toMatch(
      /They like it\.[\s\S]*--food-kind[\s\S]*--json[\s\S]*--quiet[\s\S]*Example:\n {2}\$ clofnet zoo feed Ann lion/,
    );
  });

  it.each([
    ['zo', "clofnet: unknown command 'zo' (Did you mean zoo?); see clofnet --help"],
    ['help zo', 'clofnet help: unknown command \'zo\' (did you mean "zoo"?); see clofnet help --help'],
    ['help zoo feed me', "clofnet help: unknown command 'me'"],
    ['zoo feed A b --bill -', 'Expected the name of a file'],
    ['zoo fed', "clofnet zoo: unknown command 'fed' (Did you mean feed?); see clofnet zoo --help"],
    ['zoo feed A b --fodo-kind hay', "clofnet zoo feed: unknown option '--fodo-kind' (Did you mean --food-kind?)"],
    ['zoo feed', "clofnet zoo feed: missing required argument 'keeper'; see clofnet zoo feed --help"],
    ['zoo feed A b --food-kind grass', 'Allowed choices are hay, fish'],
    [
      'zoo feed A b --portions 0',
      "option '--portions <n>' argument '0' is invalid. Expected a whole number from 1 to 9",
    ],
    ['zoo feed A b --portions 2.5', 'Expected a whole number from 1 to 9'],
    ['zoo feed A b --portions 1e400', 'Expected a whole number'],
    ['zoo feed A b --weight -1', 'Expected a number of at least 0'],
    ['zoo feed A b --weight NaN', 'Expected a number of at least 0'],
    ['zoo feed A b --weight', "option '--weight <n>' argument missing"],
    ['zoo feed A b --place --force', "option '--place <dir>' argument '--force' is invalid. Expected a value"],
    ['zoo feed A b --guests', "option '--guests <name...>' argument missing"],
    ['zoo feed A b --seed -1', 'Expected a whole number from 0 to 4294967295'],
  ])('answers `%s` with one line and exit code 2', async (words, message) => {
    const { exitCode, stdout, stderr } = await zoo(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it("says what mends a UserError by the command's own options", async () => {
    const refused = await zoo('zoo feed A b', () => {
      throw new UserError('is 9, there are 3', {
        about: 'portions',
        remedy: [
          { setting: 'foodKind', value: 'hay' },
          { setting: 'costs.bill', action: 'change' },
          { setting: 'cage.size', action: 'raise' },
          { command: 'zoo clean', setting: 'allCages' },
        ],
      });
    });
    expect(refused.stderr).toBe(
      'clofnet zoo feed: --portions is 9, there are 3; give --food-kind hay, give another --bill (costs.bill), ' +
        "raise cage.size, or use 'clofnet zoo clean --all-cages'\n",
    );
  });

  it('prints a UserError and trouble with the disk as one line', async () => {
    const user = await zoo('zoo feed A b --json', () => {
      throw new UserError('the lion\nis out');
    });
    expect(user).toEqual({ exitCode: 2, stdout: '', stderr: 'clofnet zoo feed: the lion is out\n' });
    const binary = await zoo('zoo feed A b', () => {
      throw new UserError('found "\x1b[2J\0"');
    });
    expect(binary.stderr).toBe('clofnet zoo feed: found "\ufffd[2J\ufffd"\n');
    const disk = await zoo('zoo feed A b', () => {
      throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC', syscall: 'write', path: '/x' });
    });
    expect(disk).toEqual({ exitCode: 2, stdout: '', stderr: 'clofnet zoo feed: /x: the disk is full\n' });
  });

  it('prints the stack of any other error', async () => {
    const { exitCode, stderr } = await zoo('zoo feed A b', () => {
      throw new TypeError('oops');
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^clofnet zoo feed: unexpected error, please report it:\nTypeError: oops\n +at /);
  });

  it('turns Ctrl-C into an abort, and ends with 130', async () => {
    const stop = async ({ signal }: Context) => {
      process.emit('SIGINT', 'SIGINT');
      signal.throwIfAborted();
    };
    const thrown = await zoo('zoo feed A b', stop);
    expect(thrown.exitCode).toBe(130);
    expect(thrown.stderr).toBe('stopping; press Ctrl-C again to quit immediately\nclofnet zoo feed: interrupted\n');
    const returned = await zoo('zoo feed A b --quiet', () => void process.emit('SIGTERM', 'SIGTERM'));
    expect(returned).toEqual({ exitCode: 143, stdout: '', stderr: '' });
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('prints one JSON document with --json, and lines without', async () => {
    const report = ({ output }: Context) => {
      output.note('fed them');
      output.result({ animals: 2, weights: Float32Array.of(1, 2), big: BigInt64Array.of(3n) }, () => ['2 animals']);
    };
    expect(await zoo('zoo feed A b', report)).toEqual({ exitCode: 0, stdout: '2 animals\n', stderr: 'fed them\n' });
    const { stdout, stderr } = await zoo('zoo feed A b --json --quiet', report);
    expect(JSON.parse(stdout)).toEqual({ animals: 2, weights: [1, 2], big: [3] });
    expect(stderr).toBe('');
  });
});
