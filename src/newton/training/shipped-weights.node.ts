import { fileURLToPath } from 'node:url';

/** The experiments of the published sets: 5 or 20 charged bodies, under gravity (g), in a magnetic field (l). */
export type ShippedExperiment = 'es5' | 'es20' | 'g-es20' | 'l-es20';

/**
 * Networks whose trained weights come with the package: as published, and the propagator on the published pairs of
 * snapshots and on all of the same trajectories.
 */
export type ShippedModel = 'clofnet' | 'egnn' | 'propagator-pairs' | 'propagator-all';

/** The file of weights that were trained by a recipe: `weights/clofnet-es5-seed1.safetensors`. */
export const shippedWeights = (model: ShippedModel, experiment: ShippedExperiment, seed = 1): string =>
  fileURLToPath(new URL(`../../../weights/${model}-${experiment}-seed${seed}.safetensors`, import.meta.url));
