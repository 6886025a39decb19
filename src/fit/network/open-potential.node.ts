import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { NodeDevice } from '../../runtime/devices.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { OpenPotential } from '../motion/potential.js';
import { fitPotential } from './fit-potential.js';
import { decodeFitWeights } from './fit-weights.js';
import { openFitPredictor } from './predictor.js';

/** The potential in a weight file. @throws UserError for a file without one, and as {@link fitPotential} */
export const openPotential: OpenPotential<NodeDevice> = async (weights, atoms, { device }) => {
  const { model, weights: values } = decodeFitWeights(await readSafetensors(weights), weights);
  const predictor = await openFitPredictor(await openProbedRuntime(device), model, values);
  try {
    return fitPotential(predictor, atoms);
  } catch (error) {
    await predictor.close();
    throw error;
  }
};
