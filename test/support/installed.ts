import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a program ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a user: nothing of npm's or of the test runner's, which both hand settings down. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|vitest|node_options)/i.test(name));
  return { ...Object.fromEntries(kept), npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
}

export function runIn(cwd: string, program: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: environment(), maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const exitCode = error ? Number(error.code ?? -1) : 0;
      resolve({ exitCode, stdout, stderr });
    });
  });
}

async function must(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runIn(cwd, program, ...args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}

/** The package as its users have it. */
export interface Installed {
  /** A folder where it is installed, and nothing else is. */
  readonly folder: string;
  /** The files in the package. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Builds and packs the package, and installs it in an empty folder. */
export async function installPackage(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'clofnet-installed-'));
  await must(root, 'npm', 'run', '--silent', 'package', '--', '--pack-destination', folder);
  const [archive] = await readdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await must(folder, 'npm', 'install', ...options, `./${archive}`);
  const files = await readdir(join(folder, 'node_modules', 'clofnet'), { recursive: true });
  return { folder, files, remove: () => rm(folder, { recursive: true }) };
}
