import type { SystemBatch } from '../networks/system-batch.js';
import type { Rng } from '../random/generator.js';
import { type MotionName, randomMotion } from './system-motions.js';

/** A motion of inputs of any kind, and what it does to the vectors that a function makes of them. */
export interface Motion<S> {
  /** The systems moved. */
  input(systems: S): S;
  /** What the vectors of the systems become. */
  output(vectors: Float32Array): Float32Array;
}

/** What is tested: any function from systems to one vector a body, [bodies, 3]. */
export type Run<S = SystemBatch> = (systems: S) => Float32Array | Promise<Float32Array>;

/** Positions shift when the system does; other vectors (forces, scores, velocities) only turn. */
export type OutputKind = 'positions' | 'vectors';

/** What {@link assertEquivariant} tries, and what it allows. */
export interface EquivarianceOptions<M extends MotionName = MotionName> {
  /** Draws the motions. */
  readonly rng: Rng;
  /** Which motions; default rotation, translation and permutation. */
  readonly motions?: readonly M[];
  /** How many of each; default 3. */
  readonly repeats?: number;
  /** What the function returns; default positions. */
  readonly output?: OutputKind;
}

const usualMotions = ['rotation', 'translation', 'permutation'] as const satisfies readonly MotionName[];

/** Errors by motion. */
export type EquivarianceErrors<M extends MotionName = MotionName> = Record<M, number>;

/**
 * How far a function is from following the motions of its input: the largest distance between what it makes of moved
 * systems, and the moved result for the systems as they were. Relative to the output's scale: the root mean square
 * distance of the positions from the centre of their system (of vectors, their root mean square length).
 */
export function measureEquivariance<M extends MotionName = (typeof usualMotions)[number]>(
  run: Run,
  systems: SystemBatch,
  options: EquivarianceOptions<M>,
): Promise<EquivarianceErrors<M>>;
export async function measureEquivariance(
  run: Run,
  systems: SystemBatch,
  { rng, motions = usualMotions, repeats = 3, output = 'positions' }: EquivarianceOptions,
): Promise<Partial<EquivarianceErrors>> {
  const before = await run(systems);
  const errors: Partial<EquivarianceErrors> = {};
  for (const name of motions) {
    const found: number[] = [];
    for (let k = 0; k < repeats; k++) {
      const motion = forOutput(randomMotion(name, systems, rng), name, output);
      found.push(await motionError(run, systems, before, motion, output));
    }
    errors[name] = Math.max(...found);
  }
  return errors;
}

const forOutput = (motion: Motion<SystemBatch>, name: MotionName, output: OutputKind): Motion<SystemBatch> =>
  name === 'translation' && output === 'vectors' ? { ...motion, output: (vectors) => vectors } : motion;

/**
 * The error of one motion, as {@link measureEquivariance} defines it; for inputs of your own making, which need to
 * say no more than how many bodies each system has.
 * @param before what the function gives for the systems as they are
 * @returns Infinity where a result is not finite
 */
export async function motionError<S extends Pick<SystemBatch, 'sizes'>>(
  run: Run<S>,
  systems: S,
  before: Float32Array,
  motion: Motion<S>,
  output: OutputKind = 'positions',
): Promise<number> {
  const moved = motion.input(systems);
  const [expected, actual] = [motion.output(before), await run(moved)];
  if (actual.length !== expected.length)
    throw new RangeError(`the function gave ${actual.length} numbers, then ${expected.length} for the moved systems`);
  const worst = largestLength(actual.map((value, k) => value - expected[k]));
  if (!Number.isFinite(worst)) return Infinity;
  return worst === 0 ? 0 : worst / scaleOf(expected, output === 'positions' ? moved.sizes : []);
}

/**
 * Asserts that a function follows its input: `await assertEquivariant(run, systems, { rng })`.
 * @param options as for {@link measureEquivariance}; `tolerance`, the largest error allowed, is 1e-5 by default
 * @returns the errors
 * @throws Error with the number of each motion that is above the tolerance
 */
export async function assertEquivariant<M extends MotionName = (typeof usualMotions)[number]>(
  run: Run,
  systems: SystemBatch,
  { tolerance = 1e-5, ...options }: EquivarianceOptions<M> & { readonly tolerance?: number },
): Promise<EquivarianceErrors<M>> {
  const errors = await measureEquivariance(run, systems, options);
  const failed = Object.entries<number>(errors).filter(([, error]) => !(error <= tolerance));
  if (failed.length === 0) return errors;
  const numbers = failed.map(([name, error]) => `${name} ${error.toExponential(1)}`).join(', ');
  throw new Error(`not equivariant: ${numbers} of the output's scale, at most ${tolerance.toExponential(1)} allowed`);
}

function largestLength(vectors: Float32Array): number {
  let largest = 0;
  for (let k = 0; k < vectors.length; k += 3) {
    const length = Math.hypot(vectors[k], vectors[k + 1], vectors[k + 2]);
    if (!(length <= largest)) largest = length;
    if (Number.isNaN(largest)) break;
  }
  return largest;
}

/**
 * The root mean square length of vectors, relative to the mean of each system whose size is given; relative to the
 * origin where that says nothing, as in systems of one body.
 */
function scaleOf(vectors: Float32Array, sizes: readonly number[]): number {
  let [squares, first] = [0, 0];
  for (const size of sizes) {
    squares += squaresAboutMean(vectors.subarray(first, first + 3 * size));
    first += 3 * size;
  }
  if (squares === 0) squares = vectors.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt((3 * squares) / vectors.length);
}

function squaresAboutMean(vectors: Float32Array): number {
  const mean = [0, 0, 0];
  for (let k = 0; k < vectors.length; k++) mean[k % 3] += (3 * vectors[k]) / vectors.length;
  return vectors.reduce((sum, x, k) => sum + (x - mean[k % 3]) ** 2, 0);
}
