import type { Molecule } from '../../molecules/molecule.js';
import type { Rng } from '../../random/generator.js';
import { theoryLevels } from '../dataset/ensemble.js';
import { type GraphForm, graphForms } from '../graphs/bonded-graph.js';
import type { MolecularGraph } from '../graphs/molecular-graph.js';
import { batchMolecules } from '../graphs/molecule-batch.js';
import { type OpenDenoiser, scoreOf } from '../networks/denoiser-run.js';
import type { ScoreFunction } from '../networks/score-function.js';
import { recentre } from './centre.js';
import { guardScore } from './guarded-score.js';
import { annealedLangevin } from './langevin.js';
import { noiseLevels } from './noise-levels.js';
import { type NoiseSource, noiseOfStreams } from './noise-source.js';
import { predictorCorrector } from './predictor-corrector.js';
import { karrasLevels, probabilityFlow } from './probability-flow.js';
import type { SamplingStep } from './sampling.js';
import { type PathFrame, pathRecorder } from './sampling-path.js';
import { CHURN_NOISE_SHARE, callsOf, LOWEST_SIGMA, type SamplingPlan, STEPS_PER_LEVEL } from './sampling-plan.js';

/** One conformer to be sampled. */
export interface SamplingJob {
  readonly molecule: Molecule;
  /** Its own random numbers: what becomes of it does not depend on what it is sampled beside. */
  readonly rng: Rng;
  /** A shape to start from, [atoms · 3] in ångström; for plans that start from shapes. */
  readonly start?: Float32Array;
  /** Whether the way there is kept. */
  readonly trace?: boolean;
}

/** A sampled conformer, unchecked. */
export interface Sampled {
  /** Positions in ångström, [atoms · 3], their centre at 0; NaN where the network gave numbers that are not finite. */
  readonly coordinates: Float32Array;
  /** The way there, where the job asked for it. */
  readonly path?: readonly PathFrame[];
}

export interface BatchOptions {
  readonly signal?: AbortSignal;
  /** Told of steps of all conformers side by side. */
  readonly onStep?: (step: SamplingStep) => void;
}

const known: Readonly<Record<GraphForm, WeakMap<Molecule, MolecularGraph>>> = {
  pairs: new WeakMap(),
  bonded: new WeakMap(),
};

/** The graph of a molecule, made once. @param form what the network takes */
export function graphOfMolecule(molecule: Molecule, form: GraphForm = 'pairs'): MolecularGraph {
  const graph = known[form].get(molecule) ?? graphForms[form](molecule);
  known[form].set(molecule, graph);
  return graph;
}

/**
 * Samples conformers side by side, of one molecule or of several. One that the network gives a score for that is not
 * finite stays where it is, and comes out as NaN; the others go on.
 * @throws the signal's reason when aborted
 */
export async function sampleBatch(
  denoiser: OpenDenoiser,
  jobs: readonly SamplingJob[],
  plan: SamplingPlan,
  { signal, onStep }: BatchOptions = {},
): Promise<Sampled[]> {
  const level = theoryLevels.indexOf(plan.level);
  const batch = batchMolecules(
    jobs.map(({ molecule }) => graphOfMolecule(molecule, denoiser.graphs)),
    jobs.map(() => level),
    denoiser.graphs,
  );
  const { atomStart } = batch;
  const molecules = { nodes: atomStart[jobs.length], graphs: jobs.length, graphOfNode: batch.graphOfNode };
  const noise = noiseOfStreams(
    molecules,
    jobs.map(({ rng }) => rng),
  );
  const range = (k: number): [number, number] => [3 * atomStart[k], 3 * atomStart[k + 1]];
  const traced = [...jobs.keys()].filter((k) => jobs[k].trace);
  const recorders = new Map(traced.map((k) => [k, pathRecorder(range(k))]));
  const tell = (step: SamplingStep): void => {
    for (const recorder of recorders.values()) recorder.note(step);
    onStep?.(step);
  };
  const start = plan.start === 'shapes' ? joinStarts(jobs, molecules.nodes) : undefined;
  const { score, isBroken } = guardScore(scoreOf(denoiser.of(batch)), batch);
  const positions = await sample(score, molecules, plan, {
    noise,
    start,
    lowest: denoiser.lowestSigma,
    signal,
    onStep: tell,
  });
  return jobs.map((_, k) => {
    const coordinates = positions.slice(...range(k));
    if (isBroken(k)) coordinates.fill(Number.NaN);
    const path = recorders.get(k)?.frames;
    return { coordinates, ...(path && { path }) };
  });
}

function joinStarts(jobs: readonly SamplingJob[], nodes: number): Float32Array {
  const joined = new Float32Array(3 * nodes);
  let at = 0;
  for (const [k, { start, molecule }] of jobs.entries()) {
    const length = 3 * molecule.atomicNumbers.length;
    if (start?.length !== length)
      throw new RangeError(`job ${k} has ${start?.length ?? 'no'} coordinates to start from, expected ${length}`);
    joined.set(start, at);
    at += length;
  }
  return joined;
}

type Molecules = Parameters<typeof probabilityFlow>[1];

interface SampleOptions extends BatchOptions {
  readonly noise: NoiseSource;
  readonly start: Float32Array | undefined;
  /** Where the published samplers end, in ångström. */
  readonly lowest?: number;
}

function sample(
  score: ScoreFunction,
  molecules: Molecules,
  plan: SamplingPlan,
  { lowest, ...options }: SampleOptions,
): Promise<Float32Array> {
  if (plan.sampler !== 'flow') return langevin(score, molecules, plan, { ...options, lowest });
  const levels = karrasLevels(plan.steps, plan.sigma, LOWEST_SIGMA);
  const { churn } = plan;
  return probabilityFlow(score, molecules, { ...options, levels, churn, noiseShare: CHURN_NOISE_SHARE });
}

/** Steps of Langevin dynamics relative to σ², as published. */
const STEP_SHARE = 0.02;

/**
 * The published samplers, with two changes that suit a denoiser: they start under noise of the first level, which is
 * what the network knows, and end with a step to what it takes for the shape without noise.
 */
async function langevin(
  score: ScoreFunction,
  molecules: Molecules,
  plan: SamplingPlan,
  { noise, start, lowest = LOWEST_SIGMA, signal, onStep }: SampleOptions,
): Promise<Float32Array> {
  const levels = noiseLevels({ count: plan.steps, largest: plan.sigma, smallest: lowest });
  const noised = new Float32Array(3 * molecules.nodes);
  noise(noised);
  for (let k = 0; k < noised.length; k++) noised[k] = plan.sigma * noised[k] + (start?.[k] ?? 0);
  const calls = callsOf(plan);
  const tell = (step: SamplingStep): void => onStep?.({ ...step, calls });
  const run = plan.sampler === 'langevin' ? annealedLangevin : predictorCorrector;
  const last = levels[levels.length - 1];
  const positions = await run(score, molecules, {
    noise,
    start: noised,
    levels,
    stepsPerLevel: STEPS_PER_LEVEL,
    stepSize: STEP_SHARE * last ** 2,
    signal,
    onStep: tell,
  });
  const slope = await score(positions, last);
  for (let k = 0; k < positions.length; k++) positions[k] += last ** 2 * slope[k];
  recentre(positions, molecules);
  tell({ call: calls, calls, sigma: 0, positions });
  return positions;
}
