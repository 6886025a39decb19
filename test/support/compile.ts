import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Installed, runIn } from './installed.js';

const inCheckout = (path: string): string => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

/** How a user's project is set up: for Node, or for a page that a bundler makes. */
const projects = {
  node: { module: 'nodenext', lib: ['ES2023'], types: ['node'] },
  page: {
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['vite/client'],
  },
};

/**
 * Compiles a user's files against the installed package, in a folder of that name.
 * @param sources TypeScript by file name
 * @returns the compiler's complaints
 */
export async function compileAgainst(
  installed: Installed,
  name: string,
  project: keyof typeof projects,
  sources: Readonly<Record<string, string>>,
): Promise<string[]> {
  const folder = join(installed.folder, name);
  for (const [file, text] of Object.entries(sources)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const { types, ...options } = projects[project];
  const compilerOptions = {
    ...options,
    types: types.map((type) => (type.includes('/') ? inCheckout(type) : type)),
    typeRoots: [inCheckout('@types')],
    target: 'es2023',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }));
  const { stdout, stderr } = await runIn(folder, process.execPath, inCheckout('typescript/bin/tsc'));
  return (stdout + stderr).split('\n').filter((line) => line !== '');
}
