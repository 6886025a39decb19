import type { Run, Sample } from '../networks/geometric-function.js';
import type { Quantity } from '../networks/quantities.js';
import type { Rng } from '../random/generator.js';
import { type Motion, type MotionName, randomMotion, type Signature } from './motions.js';
import { squaredLengths } from './turn.js';

/** What is tested: any function of named arrays, and what they are. */
export interface Subject extends Signature {
  readonly run: Run;
}

/** What {@link assertEquivariant} tries, and what it allows. */
export interface EquivarianceOptions<M extends MotionName = MotionName> {
  /** Draws the motions. */
  readonly rng: Rng;
  /** Which motions; default rotation, translation and permutation. */
  readonly motions?: readonly M[];
  /** How many of each; default 3. */
  readonly repeats?: number;
  /** The smallest scale of the output that counts; default 0. */
  readonly least?: number;
}

type Output = Pick<Quantity, 'kind' | 'order' | 'symmetric'>;

const usualMotions = ['rotation', 'translation', 'permutation'] as const satisfies readonly MotionName[];

/** Errors by motion. */
export type EquivarianceErrors<M extends MotionName = MotionName> = Record<M, number>;

/**
 * How far a function is from following the motions of its input: the largest distance between what it makes of a moved
 * sample, and the moved result for the sample as it was. Relative to the output's scale: the root mean square distance
 * of positions from the centre of their graph; of vectors and tensors, their root mean square length; of scalars, their
 * standard deviation: a constant in them, which nothing moves, does not make errors look small.
 */
export function measureEquivariance<M extends MotionName = (typeof usualMotions)[number]>(
  subject: Subject,
  sample: Sample,
  options: EquivarianceOptions<M>,
): Promise<EquivarianceErrors<M>>;
export async function measureEquivariance(
  subject: Subject,
  sample: Sample,
  { rng, motions = usualMotions, repeats = 3, least }: EquivarianceOptions,
): Promise<Partial<EquivarianceErrors>> {
  const { run } = subject;
  const before = await run(sample);
  const errors: Partial<EquivarianceErrors> = {};
  for (const name of motions) {
    const found: number[] = [];
    for (let k = 0; k < repeats; k++) {
      found.push(
        await motionError(run, sample, before, randomMotion(name, subject, sample, rng), subject.output, least),
      );
    }
    errors[name] = Math.max(...found);
  }
  return errors;
}

/**
 * The error of one motion, as {@link measureEquivariance} defines it; for inputs of your own making, which need to say
 * no more than how many nodes each graph has.
 * @param before what the function gives for the sample as it is
 * @param output what the function returns, by default positions
 * @param least the smallest scale of the output that counts
 * @returns Infinity where a result is not finite
 */
export async function motionError<S extends Pick<Sample, 'sizes'>>(
  run: Run<S>,
  sample: S,
  before: Float32Array,
  motion: Motion<S>,
  output: Quantity['kind'] | Output = 'position',
  least = 0,
): Promise<number> {
  const moved = motion.input(sample);
  const [expected, actual] = [motion.output(before), await run(moved)];
  if (actual.length !== expected.length)
    throw new RangeError(`the function gave ${actual.length} numbers, then ${expected.length} for the moved sample`);
  const made = typeof output === 'string' ? { kind: output } : output;
  const squares = squaredLengths(
    Float64Array.from(actual, (value, k) => value - expected[k]),
    made,
  );
  const worst = Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0));
  if (!Number.isFinite(worst)) return Infinity;
  return worst === 0 ? 0 : worst / Math.max(least, scaleOf(expected, made, moved.sizes));
}

/**
 * Asserts that a function follows its input: `await assertEquivariant(subject, sample, { rng })`.
 * @param options as for {@link measureEquivariance}; `tolerance`, the largest error allowed, is 1e-5 by default
 * @returns the errors
 * @throws Error with the number of each motion that is above the tolerance
 */
export async function assertEquivariant<M extends MotionName = (typeof usualMotions)[number]>(
  subject: Subject,
  sample: Sample,
  { tolerance = 1e-5, ...options }: EquivarianceOptions<M> & { readonly tolerance?: number },
): Promise<EquivarianceErrors<M>> {
  const errors = await measureEquivariance(subject, sample, options);
  const failed = Object.entries<number>(errors).filter(([, error]) => !(error <= tolerance));
  if (failed.length === 0) return errors;
  const numbers = failed.map(([name, error]) => `${name} ${error.toExponential(1)}`).join(', ');
  throw new Error(`not equivariant: ${numbers} of the output's scale, at most ${tolerance.toExponential(1)} allowed`);
}

/** What is smaller than this share of scalars' size may be how float32 has rounded them. */
const ALIKE = 1e-5;

/** The scale of an output, as {@link measureEquivariance} defines it; relative to 0 where that says nothing, as in graphs of one node. */
export function scaleOf(values: Float32Array, output: Output, sizes: readonly number[]): number {
  const lengths = squaredLengths(values, output);
  const mean = (squares: number): number => Math.sqrt(squares / lengths.length);
  const size = mean(lengths.reduce((sum, square) => sum + square, 0));
  if (output.kind === 'position') return mean(squaresAboutCentres(values, sizes)) || size;
  if (output.kind !== 'scalar') return size;
  const deviation = mean(squaresAboutMean(values, 1));
  return deviation > ALIKE * size ? deviation : size;
}

function squaresAboutCentres(positions: Float32Array, sizes: readonly number[]): number {
  let [squares, first] = [0, 0];
  for (const size of sizes) {
    squares += squaresAboutMean(positions.subarray(first, first + 3 * size), 3);
    first += 3 * size;
  }
  return squares;
}

function squaresAboutMean(values: Float32Array, width: number): number {
  const mean = new Array<number>(width).fill(0);
  for (let k = 0; k < values.length; k++) mean[k % width] += (width * values[k]) / values.length;
  return values.reduce((sum, x, k) => sum + (x - mean[k % width]) ** 2, 0);
}
