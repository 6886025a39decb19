import {
  createModel,
  decodeModelFile,
  decodeSafetensors,
  encodeModelFile,
  encodeSafetensors,
  exportOnnx,
  UserError,
} from 'clofnet';
import type { DynamicsModel, ModelFile } from 'clofnet/newton';
import {
  datasetName,
  fieldVectors,
  GRAVITY,
  MAGNETIC_FIELD,
  modelConfigOf,
  type NewtonConfig,
  newtonConfigSchema,
  trainedOn,
} from 'clofnet/newton';
import { type Checkpoint, FlatLayout, firstState, freshProgress, freshState } from 'clofnet/training';
import { version } from '../../../package.json';
import type { BodiesKind } from './bodies-types.js';
import { TEST, TIME, VALIDATION } from './training-data.js';
import type { TrainedFile, TrainingData, TrainingSettings } from './training-types.js';

/** Examples in a step. */
const BATCH = 50;

/** The field that acts on such systems; the network gets it as an input. */
const fieldOf = { charged: [], static: ['gravity'], dynamic: ['magnetic'] } as const satisfies Record<
  BodiesKind,
  readonly string[]
>;

/** A network with how it is trained and how far that has come. */
export interface TrainedNetwork {
  readonly config: NewtonConfig;
  readonly data: TrainingData;
  readonly model: DynamicsModel;
  readonly layout: FlatLayout;
  /** The file that its initial weights are from. */
  readonly from?: string;
  readonly checkpoint: Checkpoint;
}

/** The way that networks are trained here: small batches, a falling rate, gradients of at most length 1. */
const trainingOf = ({ epochs, rate, seed }: Pick<TrainingSettings, 'epochs' | 'rate' | 'seed'>) => ({
  epochs,
  rate,
  seed,
  batch: BATCH,
  evaluateEvery: 1,
  schedule: { kind: 'step', every: 25, factor: 0.7 } as const,
  optimizer: { clipNorm: 1 },
});

const dataOf = ({ kind, bodies, trajectories }: TrainingData) => ({
  name: datasetName({ kind, bodies }),
  train: trajectories,
});

const picked = ({ kind, bodies, trajectories, seed }: TrainingData): TrainingData => ({
  kind,
  bodies,
  trajectories,
  seed,
});

/** A network with weights drawn from the seed. @throws UserError for sizes that no network has */
export function freshNetwork(settings: TrainingSettings): TrainedNetwork {
  const { hidden, layers, kind, seed } = settings;
  const config = newtonConfigSchema.parse({
    model: { hidden, layers, charges: true, fields: [...fieldOf[kind]] },
    data: dataOf(settings),
    training: trainingOf(settings),
  });
  const model = createModel(modelConfigOf(config));
  return networkOf(config, picked(settings), model, firstState(model, seed));
}

/**
 * The network of a weight file, to be trained on.
 * @throws UserError if it is no weight file of a many-body network, or of one that the page cannot train
 */
export function networkOfFile(name: string, bytes: Uint8Array, settings: TrainingSettings): TrainedNetwork {
  const { config: stored, model, weights, provenance } = decodeModelFile(decodeSafetensors(bytes, name), name);
  const { edgeKinds = 2, ...described } = { edgeKinds: undefined, ...stored };
  if (edgeKinds !== 2) throw new UserError(`${name} is a network for ${edgeKinds} kinds of edges; here there are 2`);
  const wanted = 'fields' in stored ? (stored.fields ?? []) : [];
  const usual = { gravity: [...GRAVITY], magnetic: [...MAGNETIC_FIELD] };
  const config = newtonConfigSchema.parse({
    model: described,
    data: { ...dataOf(settings), ...usual, ...fieldVectors(wanted, provenance) },
    training: trainingOf(settings),
  });
  const state = freshState(new FlatLayout(model.parameters).flatten(weights));
  return { ...networkOf(config, picked(settings), model, state), from: name };
}

/** The same network, to be trained at another rate or for longer. */
export function toTrainOn(
  network: TrainedNetwork,
  { rate, epochs }: Pick<TrainingSettings, 'rate' | 'epochs'>,
): TrainedNetwork {
  const { config } = network;
  return { ...network, config: { ...config, training: { ...config.training, rate, epochs } } };
}

const networkOf = (
  config: NewtonConfig,
  data: TrainingData,
  model: DynamicsModel,
  state: Checkpoint['state'],
): TrainedNetwork => ({
  config,
  data,
  model,
  layout: new FlatLayout(model.parameters),
  checkpoint: { progress: freshProgress, state, bestWeights: state.weights.slice() },
});

/** What a file says of the frames that its network was trained on, where they are others than here. */
export function notesOnFile(name: string, bytes: Uint8Array): string[] {
  const { timeSpan = TIME } = trainedOn(decodeModelFile(decodeSafetensors(bytes, name), name).provenance);
  const isSame = Math.abs(timeSpan - TIME) < 1e-9;
  return isSame ? [] : [`it was trained to predict ${timeSpan} ahead in time; here it must predict ${TIME} ahead`];
}

/** A copy that training does not touch. */
export const copyOf = ({ progress, state, bestWeights }: Checkpoint): Checkpoint => ({
  progress,
  state: {
    weights: state.weights.slice(),
    mean: state.mean.slice(),
    variance: state.variance.slice(),
    average: state.average.slice(),
  },
  bestWeights: bestWeights.slice(),
});

/** The weights of the lowest validation error, with where they come from. */
function modelFileOf({ config, data, layout, checkpoint, from }: TrainedNetwork, device: string): ModelFile {
  const { best, epoch } = checkpoint.progress;
  return {
    config: modelConfigOf(config),
    weights: layout.unflatten(checkpoint.bestWeights),
    provenance: {
      version,
      device,
      training: config.training,
      best,
      epochs: epoch,
      data: { ...config.data, directory: undefined },
      simulated: { ...data, valid: VALIDATION, test: TEST },
      ...(from !== undefined && { from }),
    },
  };
}

const fileName = ({ data: { kind, bodies, seed } }: TrainedNetwork, ending: string): string =>
  `clofnet-${kind}${bodies}-seed${seed}.${ending}`;

/** A weight file, as `clofnet newton evaluate` and `predict` take it. */
export function weightsOf(network: TrainedNetwork, device: string): TrainedFile {
  const { tensors, metadata } = encodeModelFile(modelFileOf(network, device));
  return { name: fileName(network, 'safetensors'), bytes: Uint8Array.from(encodeSafetensors(tensors, metadata)) };
}

/** The network for any program that runs ONNX. */
export function onnxOf(network: TrainedNetwork, device: string): TrainedFile {
  const file = { ...modelFileOf(network, device), model: network.model };
  return {
    name: fileName(network, 'onnx'),
    bytes: Uint8Array.from(exportOnnx(file, { version, timeSpan: TIME }).bytes),
  };
}
