import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Worker threads started by the library inherit these flags, so that they can load TypeScript too.
    pool: 'forks',
    execArgv: ['--import', new URL('./scripts/typescript.js', import.meta.url).href],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
