import type { z } from 'zod';
import { merged } from '../../common/merge.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';

/** The name of a recipe: of a published experiment, or of the propagator, by the number of bodies. */
export type RecipeName = 'es5' | 'es20' | 'g-es20' | 'l-es20' | 'pairs5' | 'pairs20' | 'all5' | 'all20';

/** What a recipe may be told. */
type Overrides = z.input<typeof newtonConfigSchema>;

/** A way to train that was measured (docs/results.md), in one record. */
interface Recipe {
  readonly name: RecipeName;
  /** The configuration, with what it is told to change. */
  config(overrides: Overrides): NewtonConfig;
}

/**
 * The published way to train on a data set (Du et al. 2022): AdamW, rate 0.01, weight decay 1e-12, batches of 128,
 * the rate times 0.9 eight times over the run, evaluation every 5 epochs, 3,000 trajectories, snapshots 30 → 40.
 */
const published = (name: RecipeName, most: number): Recipe => ({
  name,
  config(overrides) {
    const epochs = overrides.training?.epochs ?? most;
    const schedule = { kind: 'step', every: Math.max(1, Math.floor(epochs / 8)), factor: 0.9 };
    return newtonConfigSchema.parse(merged({ training: { schedule, epochs } }, overrides));
  },
});

/** How the propagator learns best, beside what differs between the recipes. */
const forPropagator: Overrides = {
  model: { model: 'propagator' },
  data: { velocityWeight: 0.01, huber: 0.02 },
  training: { warmUp: 200, schedule: { kind: 'cosine', floor: 0.01 }, microBatchEdges: 12_800 },
};

const ofPropagator = (name: RecipeName, own: Overrides, how: Overrides): Recipe => ({
  name,
  config: (overrides) => newtonConfigSchema.parse([own, how, overrides].reduce<object>(merged, forPropagator)),
});

/** The propagator on the published pairs of snapshots, which are also learned backwards in time. */
const pairs = (name: RecipeName, training: Overrides['training']): Recipe =>
  ofPropagator(
    name,
    {
      model: { innerSteps: 10 },
      data: { reverse: true },
      training: { rate: 0.002, optimizer: { clipNorm: 0.05, averageDecay: 0.998 } },
    },
    { training },
  );

/** The propagator on all snapshots of the trajectories, in windows of three. */
const allSnapshots = (name: RecipeName, training: Overrides['training']): Recipe =>
  ofPropagator(
    name,
    {
      data: { windows: 'all', span: 3 },
      training: { rate: 0.004, optimizer: { clipNorm: 0.1, averageDecay: 0.998 } },
    },
    { training },
  );

/**
 * The ways to train: those of the published experiments, charged bodies alone (ES), under gravity (G+ES) and in a
 * magnetic field (L+ES), and those of the propagator.
 */
const recipes: readonly Recipe[] = [
  published('es5', 400),
  published('es20', 600),
  published('g-es20', 200),
  published('l-es20', 600),
  pairs('pairs5', { epochs: 400, evaluateEvery: 10 }),
  pairs('pairs20', { epochs: 120, batch: 32, rate: 0.001, evaluateEvery: 2 }),
  allSnapshots('all5', { epochs: 20, evaluateEvery: 0.5 }),
  allSnapshots('all20', { epochs: 10, batch: 32, evaluateEvery: 0.125 }),
];

/** The names of the recipes. */
export const recipeNames: readonly RecipeName[] = recipes.map(({ name }) => name);

/** The configuration of a recipe, with what is changed of it. */
export const recipeConfig = (name: RecipeName, overrides: Overrides = {}): NewtonConfig =>
  (recipes.find((one) => one.name === name) ?? recipes[0]).config(overrides);
