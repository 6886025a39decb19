import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Examples import `clofnet/…` as users do; tsconfig.json says where that is. */
const resolve = { tsconfigPaths: true };

/** What all tests have in common. */
const shared = {
  // Worker threads started by the library inherit these flags, so that they can load TypeScript too.
  pool: 'forks',
  execArgv: ['--import', new URL('./scripts/typescript.js', import.meta.url).href],
  testTimeout: 60_000,
  hookTimeout: 120_000,
} satisfies TestProjectInlineConfiguration['test'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: { ...shared, name: 'library', include: ['test/**/*.test.ts'], exclude: ['test/playground/**'] },
      },
      {
        resolve,
        test: {
          ...shared,
          name: 'playground',
          include: ['test/playground/**/*.test.ts'],
          globalSetup: ['test/playground/support/build.ts'],
        },
      },
    ],
  },
});
