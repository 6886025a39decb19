import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Where a page built in the checkout finds `clofnet/…`: in the sources, as tsconfig.json says it to Node.
 * For Vite's `resolve.alias`.
 */
export const sources = [
  { find: /^clofnet$/, replacement: here('../src/index.ts') },
  { find: /^clofnet\/weights/, replacement: here('../weights') },
  { find: /^clofnet\/(web|browser)$/, replacement: here('../src/$1.ts') },
  { find: /^clofnet\/([a-z]+)$/, replacement: here('../src/$1/index.ts') },
];
