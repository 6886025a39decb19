import type { GeometricFunction, OpenFunction, Sample, SampleSize } from '../networks/geometric-function.js';
import type { Rng } from '../random/generator.js';
import {
  type EquivarianceErrors,
  type EquivarianceOptions,
  measureEquivariance,
  type Subject,
} from './equivariance.js';
import { type MotionName, motionNames } from './motions.js';

/** The largest errors of a network under random motions, relative to the output's scale. */
export interface Audit {
  readonly errors: Readonly<EquivarianceErrors>;
  /** The largest error but for reflections: what a network of the library must keep small. */
  readonly worst: number;
  /** Whether networks of its kind follow reflections too. */
  readonly followsReflections: boolean;
  /** The number of nodes of each graph that it was tried on. */
  readonly sizes: readonly number[];
}

/** How large the samples of an audit are. */
export interface AuditOptions extends SampleSize {
  readonly rng: Rng;
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

/** How {@link measureNetwork} measures; `least` is the smallest scale that counts, by output. */
export type NetworkMeasureOptions<M extends MotionName> = Omit<EquivarianceOptions<M>, 'motions' | 'least'> &
  Required<Pick<EquivarianceOptions<M>, 'motions'>> & { readonly least?: Readonly<Record<string, number>> };

/** As {@link measureEquivariance}, of a network: the largest error of any of its outputs. */
export async function measureNetwork<M extends MotionName>(
  network: Pick<GeometricFunction, 'output' | 'quantities'>,
  run: OpenFunction['run'],
  sample: Sample,
  { least = {}, ...options }: NetworkMeasureOptions<M>,
): Promise<EquivarianceErrors<M>> {
  const all: EquivarianceErrors<M>[] = [];
  const names = Object.keys(network.output);
  for (const [k, subject] of subjectsOf(network, run).entries())
    all.push(await measureEquivariance<M>(subject, sample, { ...options, least: least[names[k]] }));
  const largest = options.motions.map((motion) => [motion, Math.max(...all.map((errors) => errors[motion]))]);
  return Object.fromEntries(largest) as EquivarianceErrors<M>;
}

/** Tries a network on random samples that are turned, shifted, reordered and mirrored at random. */
export async function auditNetwork(
  network: Pick<GeometricFunction, 'output' | 'quantities' | 'follows' | 'sample'>,
  { run }: Pick<OpenFunction, 'run'>,
  { rng, ...size }: AuditOptions,
): Promise<Audit> {
  const sample = network.sample(rng.fork('systems'), size);
  const options = { rng: rng.fork('motions'), motions: motionNames };
  const errors = await measureNetwork(network, run, sample, options);
  const worst = Math.max(errors.rotation, errors.translation, errors.permutation);
  return { errors, worst, followsReflections: network.follows.reflection, sizes: sample.sizes };
}
