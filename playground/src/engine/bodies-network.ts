import {
  decodeModelFile,
  decodeSafetensors,
  type FrameForm,
  fieldArrays,
  fieldVectors,
  openPredictor,
  type Predictor,
  type SystemBatch,
  trainedOn,
  UserError,
  unlikeTraining,
  type WebRuntime,
} from 'clofnet/web';
import type { BodiesChoice } from './bodies-types.js';

/** The trained networks that there are, by their recipe; the addresses of their weight files. */
const addresses = new Map(
  Object.entries(
    import.meta.glob<string>('../../../weights/clofnet-{es5,es20,g-es20,l-es20}-seed1.safetensors', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ).map(([path, address]) => [path.replace(/^.*clofnet-(.*)-seed1\.safetensors$/, '$1'), address]),
);

/** Networks that learned on 5 bodies serve up to so many. */
const MOST_FOR_5 = 10;

/** The recipe whose network fits a system best. */
function recipeFor({ kind, bodies }: BodiesChoice): string {
  if (kind === 'charged') return bodies <= MOST_FOR_5 ? 'es5' : 'es20';
  return kind === 'static' ? 'g-es20' : 'l-es20';
}

/** A trained network on a device, ready to predict. */
export interface BodiesNetwork {
  readonly predictor: Predictor;
  /** The name of its weight file. */
  readonly weights: string;
  /** How it makes the axes of its frames. */
  readonly form: FrameForm;
  /** The system with the external fields that the network was trained with, where it takes any. */
  withFields(batch: SystemBatch): SystemBatch;
  /** What is to be known about these weights and this system. */
  notesOn(batch: SystemBatch): readonly string[];
}

const open = new WeakMap<WebRuntime, Map<string, Promise<BodiesNetwork>>>();

/**
 * The network for a system, opened once on each device.
 * @throws UserError where its weights cannot be loaded
 */
export function networkFor(runtime: WebRuntime, choice: BodiesChoice): Promise<BodiesNetwork> {
  const wanted = recipeFor(choice);
  const networks = open.get(runtime) ?? new Map<string, Promise<BodiesNetwork>>();
  open.set(runtime, networks);
  const opening = networks.get(wanted) ?? openNetwork(runtime, wanted);
  networks.set(wanted, opening);
  opening.catch(() => networks.delete(wanted));
  return opening;
}

async function openNetwork(runtime: WebRuntime, wanted: string): Promise<BodiesNetwork> {
  const recipe = addresses.has(wanted) ? wanted : 'es20';
  const weights = `clofnet-${recipe}-seed1.safetensors`;
  const file = decodeModelFile(decodeSafetensors(await fetchBytes(addresses.get(recipe), weights), weights), weights);
  const { config, model, provenance } = file;
  const predictor = await openPredictor(runtime, model, file.weights);
  const withFields = (batch: SystemBatch): SystemBatch => ({
    ...batch,
    fields: fieldArrays(fieldVectors(predictor.fields, provenance), batch.sizes.length),
  });
  const notesOn = (batch: SystemBatch): string[] =>
    [
      recipe === wanted
        ? undefined
        : `no network for this field ships with the page: this one was trained without it (${recipe})`,
      unlikeTraining(batch, trainedOn(provenance)),
    ].filter((note) => note !== undefined);
  return {
    predictor,
    weights,
    form: 'frame' in config ? (config.frame ?? 'published') : 'published',
    withFields,
    notesOn,
  };
}

async function fetchBytes(address: string | undefined, name: string): Promise<Uint8Array> {
  const response = address === undefined ? undefined : await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new UserError(`cannot load the weights ${name}: ${response?.status ?? 'no answer'}`);
  return new Uint8Array(await response.arrayBuffer());
}
