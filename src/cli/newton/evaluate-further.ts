import { UserError } from '../../common/errors.js';
import type { SetDescription } from '../../newton/data/set-description.js';
import type { TrajectorySet } from '../../newton/data/trajectory-set.js';
import type { PredictionErrors } from '../../newton/evaluation/prediction-errors.js';
import {
  type RollOutErrorsOptions,
  rollOutErrors,
  type StepErrors,
  type Stretch,
  stretchFor,
} from '../../newton/evaluation/roll-out-errors.js';
import type { Predictor } from '../../newton/networks/predictor.js';
import { requireVelocities } from '../../newton/networks/roll-out.js';
import { lawOfSet } from '../../newton/simulation/law-of-set.js';
import { reachOfFloat32 } from '../../newton/simulation/reach.js';
import { type SymmetryLimit, symmetryLimit } from '../../newton/simulation/symmetry-limit.js';
import type { Simulation } from '../../newton/system/system.js';
import { Rng } from '../../random/generator.js';
import type { Context } from '../command.js';
import { many } from '../format.js';

/** What is asked for beyond one step of the network. */
export interface FurtherArgs {
  readonly steps?: number;
  readonly reach: boolean;
  readonly symmetry: boolean;
  readonly seed: number;
  readonly limit?: number;
}

/** What it is measured on. */
export interface FurtherData extends Pick<RollOutErrorsOptions, 'time' | 'fields'> {
  readonly name: string;
  /** None: trajectories in another format than `.npy` files. */
  readonly source?: { readonly set: TrajectorySet; readonly description?: SetDescription };
  readonly choice: { readonly input: number; readonly target: number };
}

interface Step extends StepErrors {
  /** What the simulator itself misses that starts in float32. */
  readonly float32?: PredictionErrors;
}

/** What is found. */
export interface Further {
  /** The simulator's error from input to target, where it starts in float32. */
  readonly float32?: PredictionErrors;
  /** The least error of a prediction that turns with the system, from input to target. */
  readonly symmetry?: SymmetryLimit;
  readonly rollOut?: Pick<Stretch, 'start' | 'gap'> & { readonly steps: readonly Step[] };
}

/** What will be done of it. */
interface FurtherPlan {
  readonly set: TrajectorySet;
  /** The law that the trajectories obey, where one is known. */
  readonly law?: Simulation;
  /** The snapshots of a roll-out, where there is one. */
  readonly stretch?: Stretch;
}

/**
 * What will be done of what is asked for, before anything is computed; nothing where nothing is.
 * @throws UserError for more steps than the trajectories have, a network that cannot go on, and where the simulator's law
 * is not known
 */
export function planFurther(
  predictor: Pick<Predictor, 'predictsVelocities'>,
  args: FurtherArgs,
  { name, source, choice }: FurtherData,
): FurtherPlan | undefined {
  const [asked] = (['reach', 'symmetry', 'steps'] as const).filter(
    (key) => args[key] !== undefined && args[key] !== false,
  );
  if (asked === undefined) return undefined;
  const refuse = (problem: string): UserError =>
    new UserError(problem, { about: asked, remedy: { setting: asked, action: 'omit' } });
  if (!source) throw refuse(`is for sets of .npy files; ${name} holds trajectories in another format`);
  const { set, description } = source;
  if (args.steps !== undefined) requireVelocities(predictor);
  const stretch = args.steps === undefined ? undefined : stretchFor(choice, args.steps, set);
  const law = lawOfSet(set, { name, description });
  if (asked !== 'steps' && !law)
    throw refuse(`is for sets of a known law of motion; the trajectories of ${name} do not go on by one`);
  return { set, law, stretch };
}

/** Rolls a network out, and lets the simulator itself start from float32, as planned. */
export async function judgeFurther(
  context: Context,
  predictor: Predictor,
  args: FurtherArgs,
  { set, law, stretch, choice, time, fields }: FurtherPlan & Omit<FurtherData, 'name' | 'source'>,
): Promise<Further> {
  const { reach, symmetry: turned, limit: count } = args;
  const symmetry = turned && law ? await limitOfSymmetry(context, law, { set, choice, ...args }) : undefined;
  const errors = async (start: number, ends: readonly number[]): Promise<PredictionErrors[]> =>
    reach && law ? float32Errors(context, law, { set, start, ends, count }) : [];
  const [float32] = await errors(choice.input, [choice.target]);
  if (stretch === undefined) return { float32, symmetry };
  const { start, gap, steps } = stretch;
  const bar = context.output.progress('predicting', steps);
  const onStep = (step: number): void => bar.update(step);
  const options = { law, stretch, time, fields, count, signal: context.signal, onStep };
  const rolled = await rollOutErrors(predictor, set, options);
  bar.finish();
  const limits = await errors(
    start,
    rolled.map(({ step }) => start + step * gap),
  );
  const judged = rolled.map((step, k) => ({ ...step, ...(limits[k] && { float32: limits[k] }) }));
  return { float32, symmetry, rollOut: { start, gap, steps: judged } };
}

async function limitOfSymmetry(
  { output, signal }: Context,
  law: Simulation,
  { set, choice, limit: count, seed }: FurtherArgs & Pick<FurtherData, 'choice'> & { readonly set: TrajectorySet },
): Promise<SymmetryLimit> {
  const bar = output.progress('turning', count ?? set.trajectories);
  const onSystem = (done: number): void => bar.update(done);
  const range = { start: choice.input, end: choice.target, count };
  const limit = await symmetryLimit(law, set, { ...range, rng: Rng.fromSeed(seed), signal, onSystem });
  bar.finish();
  return limit;
}

interface Simulated {
  readonly set: TrajectorySet;
  readonly start: number;
  /** Snapshots, rising. */
  readonly ends: readonly number[];
  readonly count?: number;
}

async function float32Errors(
  { output, signal }: Context,
  law: Simulation,
  { set, start, ends, count }: Simulated,
): Promise<PredictionErrors[]> {
  const bar = output.progress('simulating', count ?? set.trajectories);
  const end = ends[ends.length - 1];
  const onSystem = (done: number): void => bar.update(done);
  const { meanSquaredError, meanDistance } = await reachOfFloat32(law, set, { start, end, count, signal, onSystem });
  bar.finish();
  return ends.map((snapshot) => ({
    meanSquaredError: meanSquaredError[snapshot - start - 1],
    meanDistance: meanDistance[snapshot - start - 1],
  }));
}

/** A number of a table, with the digits that it has. */
export const shown = (value: number, digits: number): string =>
  value !== 0 && value < 10 ** (1 - digits) ? value.toExponential(1) : value.toFixed(digits);

/** A table of all steps. */
export function stepLines({ start, steps }: NonNullable<Further['rollOut']>): string[] {
  const columns: readonly (readonly [string, (step: Step) => string | undefined])[] = [
    ['step', ({ step }) => `${step}`],
    ['time', ({ time }) => `${Number(time.toPrecision(6))}`],
    ['mean squared error', ({ network }) => shown(network.meanSquaredError, 5)],
    ['mean distance', ({ network }) => shown(network.meanDistance, 4)],
    ['straight line', ({ straightLine }) => shown(straightLine.meanSquaredError, 5)],
    ['from float32', ({ float32 }) => float32 && shown(float32.meanSquaredError, 5)],
    ['energy off by', ({ energy }) => energy && shown(energy.network, 4)],
    ['momentum off by', ({ momentum }) => momentum && shown(momentum.network, 4)],
  ];
  const there = columns.filter(([, cell]) => steps.every((step) => cell(step) !== undefined));
  const widths = there.map(([name]) => Math.max(name.length, 9));
  const line = (cells: readonly (string | undefined)[]): string =>
    `  ${cells.map((cell = '', k) => cell.padStart(widths[k])).join('  ')}`;
  return [
    `${many(steps.length, 'step')} from snapshot ${start}, each from what the one before has predicted:`,
    line(there.map(([name]) => name)),
    ...steps.map((step) => line(there.map(([, cell]) => cell(step)))),
  ];
}
