import {
  decodeModelFile,
  decodeSafetensors,
  openPredictor,
  type Predictor,
  type SystemBatch,
  UserError,
} from 'clofnet';
import { fieldArrays, fieldVectors, trainedOn, unlikeTraining } from 'clofnet/newton';
import type { WebRuntime } from 'clofnet/web';
import type { Question } from './bodies-types.js';

/** The addresses of the weight files, by their names. */
const addresses = new Map(
  Object.entries(
    import.meta.glob<string>(
      '../../../weights/clofnet-{es5-seed1,es20-seed1,g-es20-seed1,l-es20-seed1,l-es20-magnetic}.safetensors',
      {
        query: '?url',
        import: 'default',
        eager: true,
      },
    ),
  ).map(([path, address]) => [path.replace(/^.*\//, ''), address]),
);

/** Networks that learned on 5 bodies serve up to so many. */
const MOST_FOR_5 = 10;

/** The weights that fit a system best. */
function weightsFor({ choice: { kind, bodies }, network }: Question): string {
  if (kind === 'dynamic' && network === 'field') return 'clofnet-l-es20-magnetic.safetensors';
  const charged = bodies <= MOST_FOR_5 ? 'es5' : 'es20';
  return `clofnet-${{ charged, static: 'g-es20', dynamic: 'l-es20' }[kind]}-seed1.safetensors`;
}

/** A trained network on a device, ready to predict. */
export interface BodiesNetwork {
  readonly predictor: Predictor;
  /** The name of its weight file. */
  readonly weights: string;
  /** The number of bodies of the systems that it has learned on. */
  readonly learnedOn?: number;
  /** The system with the external fields that the network was trained with, where it takes any. */
  withFields(batch: SystemBatch): SystemBatch;
  /** How this system differs from those that the network has learned on, if it does. */
  noteOn(batch: SystemBatch): string | undefined;
}

const open = new WeakMap<WebRuntime, Map<string, Promise<BodiesNetwork>>>();

/**
 * The network for a system, opened once on each device.
 * @throws UserError where its weights cannot be loaded
 */
export function networkFor(runtime: WebRuntime, question: Question): Promise<BodiesNetwork> {
  const wanted = weightsFor(question);
  const networks = open.get(runtime) ?? new Map<string, Promise<BodiesNetwork>>();
  open.set(runtime, networks);
  const opening = networks.get(wanted) ?? openNetwork(runtime, wanted);
  networks.set(wanted, opening);
  opening.catch(() => networks.delete(wanted));
  return opening;
}

async function openNetwork(runtime: WebRuntime, weights: string): Promise<BodiesNetwork> {
  const file = decodeModelFile(decodeSafetensors(await fetchBytes(weights), weights), weights);
  const { model, provenance } = file;
  const predictor = await openPredictor(runtime, model, file.weights);
  const withFields = (batch: SystemBatch): SystemBatch => ({
    ...batch,
    fields: fieldArrays(fieldVectors(predictor.fields, provenance), batch.sizes.length),
  });
  const noteOn = (batch: SystemBatch): string | undefined => unlikeTraining(batch, trainedOn(provenance));
  return { predictor, weights, learnedOn: trainedOn(provenance).bodies, withFields, noteOn };
}

async function fetchBytes(name: string): Promise<Uint8Array> {
  const address = addresses.get(name);
  const response = address === undefined ? undefined : await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new UserError(`cannot load the weights ${name}: ${response?.status ?? 'no answer'}`);
  return new Uint8Array(await response.arrayBuffer());
}
