import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasResources, registerResources } from './open-chem-lib.js';

/**
 * Registers OpenChemLib's tables from its installed package, once. They lie beside its entry file and are missing from
 * the package's `exports`, so the entry file is resolved instead.
 */
export function loadResources(): void {
  if (hasResources()) return;
  const entry = createRequire(import.meta.url).resolve('openchemlib');
  registerResources(readFileSync(join(dirname(entry), 'resources.json'), 'utf8'));
}
