import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Args, type Context, command, commandSpec } from '../../src/cli/command.js';
import { commandList } from '../../src/cli/commands.js';
import { runCommandLine } from '../../src/cli/run.js';
import { recordingStreams } from './support/streams.js';

const orbitSpec = commandSpec({
  path: ['newton', 'orbit'],
  summary: 'count the turns of a body',
  options: { turns: { type: 'integer', min: 1, required: true, summary: 'how often' } },
  examples: ['clofnet newton orbit --turns 3'],
});

/** What would stand in `orbit.ts`. */
const orbit = {
  run: async ({ output }: Context, { turns }: Args<typeof orbitSpec>) =>
    output.result({ turns }, () => [`${turns} turns`]),
};

/** Runs `words` with the real commands and one more: this is the line. */
async function clofnet(words: string) {
  const list = { ...commandList, commands: [...commandList.commands, command(orbitSpec, async () => orbit)] };
  const { streams, written } = recordingStreams();
  return { exitCode: await runCommandLine(words.split(' '), list, streams), ...written };
}

describe('a command that is added by a line of the list', () => {
  it('runs', async () => {
    expect(await clofnet('newton orbit --turns 3')).toEqual({ exitCode: 0, stdout: '3 turns\n', stderr: '' });
    expect(JSON.parse((await clofnet('newton orbit --turns 3 --json')).stdout)).toEqual({ turns: 3 });
  });

  it('is shown by the help: of all commands, of its group, and its own', async () => {
    expect((await clofnet('--help')).stdout).toMatch(/newton +many-body mechanics: simulate,[^:]*\borbit\n/);
    expect((await clofnet('newton')).stdout).toMatch(/orbit \[options\] +count the turns of a body/);
    expect((await clofnet('newton orbit --help')).stdout).toMatch(/--turns <n> +how often \(required\)/);
    expect((await clofnet('help newton orbit')).stdout).toContain('$ clofnet newton orbit --turns 3');
  });

  it('refuses what it does not take', async () => {
    expect(await clofnet('newton orbit --turn 3')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        "clofnet newton orbit: unknown option '--turn' (Did you mean --turns?); see clofnet newton orbit --help\n",
    });
    expect((await clofnet('newton orbit')).stderr).toContain("required option '--turns <n>' not specified");
    expect((await clofnet('newton orbits')).stderr).toContain('(Did you mean orbit?)');
  });
});

describe('the list of commands', () => {
  const names = commandList.commands.map(({ spec }) => spec.path.join(' '));

  it('has every group that a command is in', () => {
    const words = commandList.commands.flatMap(({ spec: { path } }) => (path.length > 1 ? [path[0]] : []));
    expect(commandList.groups.map(({ name }) => name).sort()).toEqual([...new Set(words)].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it('is the table in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `clofnet ([^`]+)` \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(names.sort());
  });
});
