/**
 * The one door to OpenChemLib: src/molecules takes it from here, the rest of the code base not at all.
 */
import { Resources } from 'openchemlib';

export {
  Canonizer,
  ConformerGenerator,
  ForceFieldMMFF94,
  Molecule as OclMolecule,
} from 'openchemlib';

let registered = false;

/**
 * Hands OpenChemLib its tables (torsions, force-field parameters), which its conformers and its force field need.
 * In Node `loadResources` reads them from the package; a page calls {@link fetchResources}. Once is enough.
 *
 * @param data the text of the package's `dist/resources.json`, or what it parses to
 */
export function registerResources(data: string | Record<string, string>): void {
  if (registered) return;
  Resources.register(data);
  registered = true;
}

/**
 * The same in a page: fetches the tables first.
 *
 * @param address where `openchemlib/dist/resources.json` is served; default: where a bundler left it
 * @throws Error where there is no such file
 */
export async function fetchResources(address?: string): Promise<void> {
  if (registered) return;
  await Resources.registerFromUrl(address);
  registered = true;
}

/** Whether {@link registerResources} has been called. */
export const hasResources = (): boolean => registered;
