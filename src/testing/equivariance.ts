import type { Run, Sample } from '../networks/geometric-function.js';
import type { Quantity } from '../networks/quantities.js';
import type { Rng } from '../random/generator.js';
import { type GraphErrors, graphErrors } from './graph-errors.js';
import { type Motion, type MotionName, randomMotion, roundedSample, type Signature } from './motions.js';

/** What is tested: any function of named arrays, and what they are. */
export interface Subject extends Signature {
  readonly run: Run;
}

/** What {@link measureEquivariance} tries. */
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

/** What {@link judgeEquivariance} tries, and what it allows. */
export interface JudgementOptions<M extends MotionName = MotionName> extends EquivarianceOptions<M> {
  /** The largest error allowed, in place of the measured yardstick. */
  readonly tolerance?: number;
}

const usualMotions = ['rotation', 'translation', 'permutation'] as const satisfies readonly MotionName[];
type UsualMotion = (typeof usualMotions)[number];

/** Errors by motion. */
export type EquivarianceErrors<M extends MotionName = MotionName> = Record<M, number>;

/**
 * How far a function is from following the motions of its input: the largest distance between what it makes of a moved
 * sample, and the moved result for the sample as it was. Relative to the output's scale: the root mean square distance
 * of positions from the centre of their graph; of vectors and tensors, their root mean square length; of scalars, their
 * standard deviation: a constant in them, which nothing moves, does not make errors look small.
 */
export async function measureEquivariance<M extends MotionName = UsualMotion>(
  subject: Subject,
  sample: Sample,
  options: EquivarianceOptions<M>,
): Promise<EquivarianceErrors<M>> {
  const before = await subject.run(sample);
  return mapMotions(options.motions, async (motion) =>
    largest(await motionErrors(subject, sample, before, motion, options)),
  );
}

/** An error of one graph, and what is allowed there; both relative to the output's scale. */
export interface Judged {
  readonly error: number;
  readonly allowed: number;
}

/** What {@link judgeEquivariance} finds; all relative to the output's scale. */
export interface Judgement<M extends MotionName = MotionName> {
  /** As {@link measureEquivariance} gives them. */
  readonly errors: EquivarianceErrors<M>;
  /** What rounding of the input changes of the output, in the graph where it is the most. */
  readonly rounding: number;
  /** Of each motion the graph whose error is the largest part of what is allowed. */
  readonly worst: Record<M, Judged>;
}

/** How exactly networks follow motions in float32. */
export const WITHIN = 1e-5;
/** So many times what rounding of the input does is allowed beside that: it rounds within a network too. */
export const ROUNDING_TIMES = 20;
/** No more is allowed: where rounding alone does as much, nothing can be told. */
const MOST = 0.1;

/**
 * Measures equivariance as {@link measureEquivariance} does, and the yardstick that the errors are judged by.
 *
 * A moved input is rounded to float32. Some functions make much of that: of bodies that pass close by each other, a
 * small difference becomes large. So the sample is turned and shifted at random and moved back, some times, and what
 * that changes of the output says what rounding does, graph by graph. An error of twenty times as much, and of 1e-5
 * beside, is allowed.
 */
export async function judgeEquivariance<M extends MotionName = UsualMotion>(
  subject: Subject,
  sample: Sample,
  { tolerance, ...options }: JudgementOptions<M>,
): Promise<Judgement<M>> {
  const before = await subject.run(sample);
  const rounding = await roundingErrors(subject, sample, before, options);
  const allowed = rounding.map((error) => tolerance ?? allowedBeside(error));
  const errors = await mapMotions(options.motions, (motion) => motionErrors(subject, sample, before, motion, options));
  const each = <T>(of: (all: GraphErrors) => T) => mapValues(errors, of);
  return { errors: each(largest), rounding: largest(rounding), worst: each((all) => worstOf(judged(all, allowed))) };
}

/** What is allowed where rounding makes such an error. */
export const allowedBeside = (rounding: number): number =>
  WITHIN + (rounding < Infinity ? Math.min(ROUNDING_TIMES * rounding, MOST) : 0);

const judged = (errors: GraphErrors, allowed: readonly number[]): Judged[] =>
  errors.map((error, graph) => ({ error, allowed: allowed[graph] }));

/** How large an error is, of what is allowed. */
const partOf = ({ error, allowed }: Judged): number => (error === 0 ? 0 : error / allowed);

/** The one that is the largest part of what is allowed. */
export const worstOf = (all: readonly Judged[]): Judged =>
  all.reduce((worst, one) => (partOf(one) > partOf(worst) ? one : worst));

/** How often a sample is moved and moved back. */
const ROUNDINGS = 5;

async function roundingErrors(
  subject: Subject,
  sample: Sample,
  before: Float32Array,
  { rng, least }: EquivarianceOptions,
): Promise<number[]> {
  const own = rng.fork('rounding');
  const found: GraphErrors[] = [];
  for (let k = 0; k < ROUNDINGS; k++) {
    const after = await subject.run(roundedSample(subject, sample, own));
    found.push(graphErrors(after, before, sample.sizes, subject.output, least));
  }
  return largestOf(found);
}

/** The largest errors of random motions of a name, by the graphs of the sample. */
async function motionErrors(
  subject: Subject,
  sample: Sample,
  before: Float32Array,
  name: MotionName,
  { rng, repeats = 3, least }: EquivarianceOptions,
): Promise<GraphErrors> {
  const found: GraphErrors[] = [];
  for (let k = 0; k < repeats; k++) {
    const motion = randomMotion(name, subject, sample, rng);
    const moved = motion.input(sample);
    const errors = graphErrors(await subject.run(moved), motion.output(before), moved.sizes, subject.output, least);
    const at = motion.graphs;
    found.push(at ? errors.map((_, graph) => errors[at.indexOf(graph)]) : errors);
  }
  return largestOf(found);
}

const largest = (errors: GraphErrors): number => errors.reduce((most, error) => Math.max(most, error), 0);
const largestOf = (all: readonly GraphErrors[]): number[] =>
  all[0].map((_, graph) => largest(all.map((errors) => errors[graph])));

async function mapMotions<M extends MotionName, T>(
  motions: readonly M[] | undefined,
  of: (motion: M) => Promise<T>,
): Promise<Record<M, T>> {
  const entries: [string, T][] = [];
  for (const motion of motions ?? (usualMotions as readonly MotionName[] as readonly M[])) {
    entries.push([motion, await of(motion)]);
  }
  return Object.fromEntries(entries) as Record<M, T>;
}

const mapValues = <K extends string, A, B>(record: Readonly<Record<K, A>>, of: (value: A) => B): Record<K, B> =>
  Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, of(value)])) as Record<K, B>;

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
  output: Quantity['kind'] | Pick<Quantity, 'kind' | 'order' | 'symmetric'> = 'position',
): Promise<number> {
  const moved = motion.input(sample);
  const made = typeof output === 'string' ? { kind: output } : output;
  return largest(graphErrors(await run(moved), motion.output(before), moved.sizes, { at: 'nodes', ...made }));
}

/**
 * Asserts that a function follows its input: `await assertEquivariant(subject, sample, { rng })`.
 * @param options as for {@link judgeEquivariance}
 * @returns the errors
 * @throws Error with the number of each motion whose error is above what is allowed
 */
export async function assertEquivariant<M extends MotionName = UsualMotion>(
  subject: Subject,
  sample: Sample,
  options: JudgementOptions<M>,
): Promise<EquivarianceErrors<M>> {
  const { errors, worst } = await judgeEquivariance(subject, sample, options);
  const failed = Object.entries<Judged>(worst).filter(([, { error, allowed }]) => !(error <= allowed));
  if (failed.length === 0) return errors;
  const numbers = failed.map(([name, one]) => `${name} ${missed(one)}`).join(', ');
  throw new Error(`not equivariant: ${numbers}`);
}

/** `1.3e-3 of the output's scale, at most 1.0e-5 allowed`. */
export const missed = ({ error, allowed }: Judged): string =>
  `${error.toExponential(1)} of the output's scale, at most ${allowed.toExponential(1)} allowed`;
