import { totalmem } from 'node:os';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { NodeDevice } from '../../runtime/devices.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import { decodeFitWeights } from './fit-weights.js';
import { type FitPredictor, type FitPredictorOptions, openFitPredictor } from './predictor.js';

/** Bytes that an edge takes for each channel of a network with forces, as measured, and the share of memory to use. */
const [BYTES, SHARE] = [290, 0.35];

/**
 * A fitted network of a weight file, ready to run, with regions as large as the machine's memory allows.
 * @throws UserError for a file that is none of such a network
 */
export async function openFitted(
  weights: string,
  { device = 'cpu', ...options }: FitPredictorOptions & { readonly device?: NodeDevice } = {},
): Promise<FitPredictor> {
  const { model, weights: values } = decodeFitWeights(await readSafetensors(weights), weights);
  const { hidden = 64 } = model.config.encoder;
  const regionEdges = Math.floor((SHARE * totalmem()) / (BYTES * Number(hidden)));
  return openFitPredictor(await openProbedRuntime(device), model, values, { regionEdges, ...options });
}
