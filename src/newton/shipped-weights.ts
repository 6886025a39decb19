import { fileURLToPath } from 'node:url';
import type { RecipeName } from './recipes.js';

/** Networks whose trained weights come with the package. */
export type ShippedModel = 'clofnet' | 'egnn';

/** The file of weights that were trained by a published recipe: `weights/clofnet-es5.safetensors`. */
export const shippedWeights = (model: ShippedModel, recipe: RecipeName): string =>
  fileURLToPath(new URL(`../../weights/${model}-${recipe}.safetensors`, import.meta.url));
