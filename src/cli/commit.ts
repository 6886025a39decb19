import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The commit of the checkout that this code runs in, with a + if files were changed since; null in an installed package. */
export function checkoutCommit(): string | null {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    if (root.includes('node_modules')) return null;
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', '--short=12', 'HEAD') + (changed ? '+' : '');
  } catch {
    return null;
  }
}
