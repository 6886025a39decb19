import { decodeSafetensors, UserError } from 'clofnet';
import { decodeDenoiserFile } from 'clofnet/conformers';
import type { SafetensorsFile } from 'clofnet/files';
import { registerResources } from 'clofnet/molecules';
import weightsAddress from 'clofnet/weights/conformers.safetensors?url';
import tablesAddress from 'openchemlib/resources?url';
import manifest from '../../../package.json';

/** What records say of the program: `clofnet 0.1.0`. */
export const PROGRAM = `clofnet ${manifest.version}`;

const WEIGHTS = 'conformers.safetensors';

/** The weights of the conformer network. */
export interface LoadedWeights {
  readonly file: SafetensorsFile;
  /** As the command line names them: `conformers.safetensors 3f2a9c01`. */
  readonly label: string;
}

/** Something that is fetched at its first use; after a failure it is tried again. */
function once<Result>(load: () => Promise<Result>): () => Promise<Result> {
  let loading: Promise<Result> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

async function fetched(address: string, what: string): Promise<Response> {
  const answer = await fetch(address).catch(() => undefined);
  if (answer?.ok) return answer;
  throw new UserError(`could not load ${what}: ${answer ? `the server says ${answer.status}` : 'no connection'}`);
}

/** Fetches the network's weights, once. */
export const loadWeights = once(async (): Promise<LoadedWeights> => {
  const answer = await fetched(weightsAddress, 'the weights of the conformer network');
  const file = decodeSafetensors(new Uint8Array(await answer.arrayBuffer()), WEIGHTS);
  return { file, label: await labelOf(file) };
});

/** Fetches the tables of the force field, once. */
export const loadTables = once(async (): Promise<void> => {
  const answer = await fetched(tablesAddress, 'the tables of the force field');
  registerResources(await answer.text());
});

/** Browsers hash on secure pages alone: elsewhere the name must do. */
async function labelOf(file: SafetensorsFile): Promise<string> {
  if (!isSecureContext) return WEIGHTS;
  const { weights } = decodeDenoiserFile(file, WEIGHTS);
  const all = new Uint8Array(await new Blob([...weights.values()].map((values) => values.slice())).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  const digits = Array.from(hash.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0'));
  return `${WEIGHTS} ${digits.join('')}`;
}
