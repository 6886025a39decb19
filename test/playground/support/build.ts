import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { chromiumPath } from './chromium.js';

/** Builds the page once for all its tests. */
export async function setup(): Promise<void> {
  if (chromiumPath === undefined) return;
  const configFile = fileURLToPath(new URL('../../../playground/vite.config.ts', import.meta.url));
  await build({ configFile, mode: 'production', logLevel: 'error' });
}
