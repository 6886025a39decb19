import { createHash } from 'node:crypto';
import type { Weights } from '../../nn/index.js';

/** SHA-256 of weights in hexadecimal: of their numbers alone, not of what a file says besides. */
export function hashWeights(weights: Weights): string {
  const hash = createHash('sha256');
  for (const values of weights.values()) hash.update(values);
  return hash.digest('hex');
}
