import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { commandList } from '../../src/cli/commands.js';
import { startClofnet } from './support/child.js';

/** The packages and Node modules that a file imports when it is loaded, through all files of ours that it imports. */
function packagesBehind(file: URL, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  if (seen.has(file.href)) return found;
  seen.add(file.href);
  const source = readFileSync(file, 'utf8');
  for (const [, target = ''] of source.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm)) {
    if (!target.startsWith('.')) found.add(target);
    else for (const name of packagesBehind(new URL(target.replace(/\.js$/, '.ts'), file), seen)) found.add(name);
  }
  return found;
}

describe('clofnet', () => {
  it('loads nothing heavy before it knows the command', () => {
    const packages = packagesBehind(new URL('../../src/cli/main.ts', import.meta.url));
    expect([...packages].sort()).toEqual(['commander', 'node:fs']);
  });

  it('prints its version, as the program that users start', async () => {
    const { exitCode, stdout, stderr } = await startClofnet('--version').ended;
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('describes every command, with an example that starts with its name', () => {
    for (const { spec } of commandList.commands) {
      expect(spec.examples.every((line) => line.startsWith(`clofnet ${spec.path.join(' ')}`))).toBe(true);
      expect(spec.summary).not.toBe('');
    }
  });
});
