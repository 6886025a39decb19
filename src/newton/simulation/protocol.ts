import { requireInteger, requireNonNegativeInteger } from '../../common/checks.js';
import { NumpyRandom } from '../../random/numpy-random.js';
import { drawInitialState, type InitialState } from '../system/initial.js';
import { type Simulation, snapshotCount } from '../system/system.js';

/** The parts of a data set. */
export const SPLITS = ['train', 'valid', 'test'] as const;
/** A part of a data set. */
export type Split = (typeof SPLITS)[number];
/** Something for each part. */
export type PerSplit<T> = Readonly<Record<Split, T>>;

/** How many trajectories the published sets have. */
export const PUBLISHED_COUNTS: PerSplit<number> = { train: 3000, valid: 2000, test: 2000 };
/** The seed of the published sets. */
export const PUBLISHED_SEED = 43;

/** The EGNN protocol draws this many for each part, of which the first ones are used. */
const EGNN_DRAWN: PerSplit<number> = { train: 10_000, valid: 2000, test: 2000 };
/** In the ClofNet protocol the seeds of trajectories are below this. */
const SEED_LIMIT = 1_000_000;

/**
 * Draws the initial states of a whole data set. Smaller counts give the first trajectories of each published part,
 * since what is not used is drawn all the same.
 *
 * ClofNet protocol: the seed's stream gives one integer in 0…999,999 for each trajectory, in the order valid, test,
 * train; each trajectory starts from its own integer. EGNN protocol: one stream, in the order train, valid, test;
 * after each trajectory the stream moves on by the noise of its snapshots (whose size is zero).
 *
 * @throws UserError for counts that are not whole numbers of at least 0, or a seed outside 0…2^32 − 1
 */
export function drawInitialStates(
  simulation: Simulation,
  counts: PerSplit<number> = PUBLISHED_COUNTS,
  seed: number = PUBLISHED_SEED,
): PerSplit<InitialState[]> {
  for (const split of SPLITS) requireNonNegativeInteger(counts[split], `the number of ${split} trajectories`);
  requireInteger(seed, 'the seed', { min: 0, max: 0xffffffff });
  const random = new NumpyRandom(seed);
  return simulation.protocol === 'clofnet'
    ? drawFromSeeds(simulation, counts, random)
    : drawFromStream(simulation, counts, random);
}

function drawFromSeeds(
  simulation: Simulation,
  counts: PerSplit<number>,
  random: NumpyRandom,
): PerSplit<InitialState[]> {
  const draw = (split: Split): InitialState[] =>
    trajectorySeeds(random, Math.max(counts[split], PUBLISHED_COUNTS[split]))
      .slice(0, counts[split])
      .map((seed) => drawInitialState(simulation, new NumpyRandom(seed)));
  const valid = draw('valid');
  const test = draw('test');
  return { train: draw('train'), valid, test };
}

function trajectorySeeds(random: NumpyRandom, count: number): number[] {
  return Array.from({ length: count }, () => random.integer(SEED_LIMIT));
}

function drawFromStream(
  simulation: Simulation,
  counts: PerSplit<number>,
  random: NumpyRandom,
): PerSplit<InitialState[]> {
  const noise = 2 * snapshotCount(simulation) * 3 * simulation.bodies;
  const draw = (split: Split): InitialState[] => {
    const states: InitialState[] = [];
    for (let k = 0; k < Math.max(counts[split], EGNN_DRAWN[split]); k++) {
      const state = drawInitialState(simulation, random);
      if (k < counts[split]) states.push(state);
      for (let i = 0; i < noise; i++) random.normal();
    }
    return states;
  };
  return { train: draw('train'), valid: draw('valid'), test: draw('test') };
}
