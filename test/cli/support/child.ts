import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const CLOFNET = [process.execPath, '--import', './scripts/typescript.js', 'src/cli/main.ts'];

/** Starts `clofnet` with these words as a user of a checkout does. */
export const startClofnet = (...words: string[]) => start([...CLOFNET, ...words]);

/** The same in a shell: `"$@"` in the script stands for the command line. */
export const startInShell = (script: string, ...words: string[]) =>
  start(['/bin/sh', '-c', script, 'sh', ...CLOFNET, ...words]);

function start([program, ...words]: readonly string[]) {
  const child = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const end = async () => {
    const [exitCode, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
    return { exitCode, stdout, stderr };
  };
  return {
    ended: end(),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Waits until `look` no longer fails. */
    sees: async (look: () => Promise<unknown>) => {
      for (let attempt = 0; attempt < 600; attempt++) {
        try {
          return await look();
        } catch {
          await sleep(50);
        }
      }
      throw new Error('the child did not get there in 30 s');
    },
  };
}
