import type { GeometricFunction, OpenFunction, Sample, SampleSize } from '../networks/geometric-function.js';
import type { Rng } from '../random/generator.js';
import {
  type EquivarianceErrors,
  type Judgement,
  type JudgementOptions,
  judgeEquivariance,
  type Subject,
  worstOf,
} from './equivariance.js';
import { type MotionName, motionNames } from './motions.js';

/** The errors of a network under random motions, relative to the output's scale. */
export interface Audit {
  /** The largest of each motion. */
  readonly errors: Readonly<EquivarianceErrors>;
  /** What rounding of the input changes of the output, in the graph where it is the most. */
  readonly rounding: number;
  /** The error, but for reflections, that is the largest part of what is allowed in its graph. */
  readonly worst: number;
  /** What is allowed there: 1e-5, and twenty times what rounding of the input changes. */
  readonly allowed: number;
  /** Whether it is no more than that. */
  readonly passed: boolean;
  /** Whether networks of its kind follow reflections too. */
  readonly followsReflections: boolean;
  /** The number of nodes of each graph that it was tried on. */
  readonly sizes: readonly number[];
}

/** How large the samples of an audit are, and what is allowed. */
export interface AuditOptions extends SampleSize {
  readonly rng: Rng;
  /** The largest error allowed, in place of the measured yardstick. */
  readonly tolerance?: number;
}

/** A network as what equivariance is measured of: each of its outputs. */
export const subjectsOf = (
  { output, quantities }: Pick<GeometricFunction, 'output' | 'quantities'>,
  run: OpenFunction['run'],
): Subject[] =>
  Object.keys(output).map((name) => ({
    inputs: quantities,
    output: quantities[name],
    run: async (sample) => (await run(sample))[name],
  }));

/** How {@link judgeNetwork} measures; `least` is the smallest scale that counts, by output. */
export type NetworkJudgementOptions<M extends MotionName> = Omit<JudgementOptions<M>, 'motions' | 'least'> &
  Required<Pick<JudgementOptions<M>, 'motions'>> & { readonly least?: Readonly<Record<string, number>> };

/** As {@link judgeEquivariance}, of a network: of all its outputs. */
export async function judgeNetwork<M extends MotionName>(
  network: Pick<GeometricFunction, 'output' | 'quantities'>,
  run: OpenFunction['run'],
  sample: Sample,
  { least = {}, ...options }: NetworkJudgementOptions<M>,
): Promise<Judgement<M>> {
  const all: Judgement<M>[] = [];
  const names = Object.keys(network.output);
  for (const [k, subject] of subjectsOf(network, run).entries())
    all.push(await judgeEquivariance<M>(subject, sample, { ...options, least: least[names[k]] }));
  const each = <T>(of: (motion: M) => T) =>
    Object.fromEntries(options.motions.map((motion) => [motion, of(motion)])) as Record<M, T>;
  return {
    errors: each((motion) => Math.max(...all.map(({ errors }) => errors[motion]))),
    rounding: Math.max(...all.map(({ rounding }) => rounding)),
    worst: each((motion) => worstOf(all.map(({ worst }) => worst[motion]))),
  };
}

/** Tries a network on random samples that are turned, shifted, reordered and mirrored at random. */
export async function auditNetwork(
  network: Pick<GeometricFunction, 'output' | 'quantities' | 'follows' | 'sample'>,
  { run }: Pick<OpenFunction, 'run'>,
  { rng, tolerance, ...size }: AuditOptions,
): Promise<Audit> {
  const sample = network.sample(rng.fork('systems'), size);
  const options = { rng: rng.fork('motions'), motions: motionNames, tolerance };
  const { errors, rounding, worst } = await judgeNetwork(network, run, sample, options);
  const { error, allowed } = worstOf([worst.rotation, worst.translation, worst.permutation]);
  const passed = error <= allowed;
  return {
    errors,
    rounding,
    worst: error,
    allowed,
    passed,
    followsReflections: network.follows.reflection,
    sizes: sample.sizes,
  };
}
