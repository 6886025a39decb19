import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { NodeDevice } from '../../runtime/devices.js';
import type { OpenPotential } from '../motion/potential.js';
import { fitPotential } from './fit-potential.js';
import { openFitted } from './open-fitted.node.js';

/** The potential in a weight file. @throws UserError for a file without one, and as {@link fitPotential} */
export const openPotential: OpenPotential<NodeDevice> = async (weights, atoms, { device }) => {
  const predictor = await openFitted(weights, { device });
  try {
    const hash = createHash('sha256')
      .update(await readFile(weights))
      .digest('hex')
      .slice(0, 16);
    return { ...fitPotential(predictor, atoms), hash };
  } catch (error) {
    await predictor.close();
    throw error;
  }
};
