import type { z } from 'zod';
import { type NewtonConfig, newtonConfigSchema } from './config.js';

/** The published experiments: charged bodies alone (ES), under gravity (G+ES), in a magnetic field (L+ES). */
export const recipeNames = ['es5', 'es20', 'g-es20', 'l-es20'] as const;
/** The name of a published experiment. */
export type RecipeName = (typeof recipeNames)[number];

/** Epochs of the published training runs. */
const EPOCHS: Readonly<Record<RecipeName, number>> = { es5: 400, es20: 600, 'g-es20': 200, 'l-es20': 600 };

/**
 * The published way to train on a data set (Du et al. 2022): AdamW, rate 0.01, weight decay 1e-12, batches of 128,
 * the rate times 0.9 eight times over the run, evaluation every 5 epochs, 3,000 trajectories, snapshots 30 → 40.
 */
export function publishedRecipe(name: RecipeName, overrides: z.input<typeof newtonConfigSchema> = {}): NewtonConfig {
  const epochs = overrides.training?.epochs ?? EPOCHS[name];
  const schedule = { kind: 'step', every: Math.max(1, Math.floor(epochs / 8)), factor: 0.9 } as const;
  return newtonConfigSchema.parse({ ...overrides, training: { schedule, ...overrides.training, epochs } });
}
