import {
  decodeModelFile,
  decodeSafetensors,
  openPredictor,
  type Predictor,
  type SystemBatch,
  UserError,
} from 'clofnet';
import { backbones, fieldArrays, fieldVectors, trainedOn, unlikeTraining } from 'clofnet/newton';
import type { WebRuntime } from 'clofnet/web';
import type { BodiesKind, NetworkFacts, NetworkName, Question } from './bodies-types.js';

/** The addresses of the weight files, by their names. */
const addresses = new Map(
  Object.entries(
    import.meta.glob<string>(
      '../../../weights/{propagator-all-*-seed1,clofnet-g-es20-seed1,clofnet-l-es20-seed1,clofnet-l-es20-magnetic}.safetensors',
      { query: '?url', import: 'default', eager: true },
    ),
  ).map(([path, address]) => [path.replace(/^.*\//, ''), address]),
);

/** What a trained network is for: all systems of a kind, unless there is more said. */
interface Purpose {
  readonly kind: BodiesKind;
  /** It is for systems of so many bodies and more. */
  readonly least?: number;
  /** It is for those who choose it. */
  readonly network?: NetworkName;
  /** The name of its weight file. */
  readonly weights: string;
}

/** The networks of the page. For a system the first one counts that is for it; the last of each kind is for all. */
const purposes: readonly Purpose[] = [
  { kind: 'charged', least: 13, weights: 'propagator-all-es20-seed1.safetensors' },
  { kind: 'charged', weights: 'propagator-all-es5-seed1.safetensors' },
  { kind: 'static', weights: 'clofnet-g-es20-seed1.safetensors' },
  { kind: 'dynamic', network: 'field', weights: 'clofnet-l-es20-magnetic.safetensors' },
  { kind: 'dynamic', weights: 'clofnet-l-es20-seed1.safetensors' },
];

/** The weights that fit a system best. */
function weightsFor({ choice: { kind, bodies }, network }: Question): string {
  const purpose = purposes.find(
    (one) => one.kind === kind && bodies >= (one.least ?? 0) && (one.network ?? network) === network,
  );
  if (!purpose) throw new RangeError(`no network is for ${kind}`);
  return purpose.weights;
}

/** A trained network on a device, ready to predict. */
export interface BodiesNetwork extends Omit<NetworkFacts, 'note'> {
  readonly predictor: Predictor;
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
  const { config, model, provenance } = file;
  const { title, follows } = backbones.find(({ name }) => name === config.model) ?? backbones[0];
  const predictor = await openPredictor(runtime, model, file.weights);
  const withFields = (batch: SystemBatch): SystemBatch => ({
    ...batch,
    fields: fieldArrays(fieldVectors(predictor.fields, provenance), batch.sizes.length),
  });
  const noteOn = (batch: SystemBatch): string | undefined => unlikeTraining(batch, trainedOn(provenance));
  const { bodies: learnedOn } = trainedOn(provenance);
  return { predictor, title, followsReflections: follows.reflection, weights, learnedOn, withFields, noteOn };
}

async function fetchBytes(name: string): Promise<Uint8Array> {
  const address = addresses.get(name);
  const response = address === undefined ? undefined : await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new UserError(`cannot load the weights ${name}: ${response?.status ?? 'no answer'}`);
  return new Uint8Array(await response.arrayBuffer());
}
