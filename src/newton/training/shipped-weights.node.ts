import { fileURLToPath } from 'node:url';
import type { RecipeName } from './recipes.js';

/** Networks whose trained weights come with the package. */
export type ShippedModel = 'clofnet' | 'egnn';

/** The file of weights that were trained by a published recipe: `weights/clofnet-es5-seed1.safetensors`. */
export const shippedWeights = (model: ShippedModel, recipe: RecipeName, seed = 1): string =>
  fileURLToPath(new URL(`../../../weights/${model}-${recipe}-seed${seed}.safetensors`, import.meta.url));
