import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { NodeDevice } from '../../runtime/devices.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import { decodeFitWeights } from './fit-weights.js';
import { type FitPredictor, type FitPredictorOptions, openFitPredictor } from './predictor.js';

/** A fitted network of a weight file, ready to run. @throws UserError for a file that is none of such a network */
export async function openFitted(
  weights: string,
  { device = 'cpu', ...options }: FitPredictorOptions & { readonly device?: NodeDevice } = {},
): Promise<FitPredictor> {
  const { model, weights: values } = decodeFitWeights(await readSafetensors(weights), weights);
  return openFitPredictor(await openProbedRuntime(device), model, values, options);
}
