import type { Molecule } from '../../molecules/molecule.js';
import type { Rng } from '../../random/generator.js';
import { theoryLevels } from '../dataset/ensemble.js';
import { type GraphForm, graphForms } from '../graphs/bonded-graph.js';
import type { MolecularGraph } from '../graphs/molecular-graph.js';
import { batchMolecules } from '../graphs/molecule-batch.js';
import { type OpenDenoiser, scoreOf } from '../networks/denoiser-run.js';
import { guardScore } from './guarded-score.js';
import { type SamplingMethods, samplerNamed, startNamed } from './methods.js';
import { noiseOfStreams } from './noise-source.js';
import type { SamplingPlan } from './sampler.js';
import type { SamplingStep } from './sampling.js';
import { type PathPoint, pathRecorder } from './sampling-path.js';

/** One conformer to be sampled. */
export interface SamplingJob {
  readonly molecule: Molecule;
  /** Its own random numbers: what becomes of it does not depend on what it is sampled with. */
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
  /** The trajectory, if the job requested it. */
  readonly path?: readonly PathPoint[];
}

export interface BatchOptions {
  readonly signal?: AbortSignal;
  /** Told of steps of all conformers side by side. */
  readonly onStep?: (step: SamplingStep) => void;
  /** What the plan's names refer to. Default those that come with clofnet. */
  readonly methods?: SamplingMethods;
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
 * finite stays where it is, and comes out as NaN; the others continue.
 * @throws the signal's reason when aborted
 */
export async function sampleBatch(
  denoiser: OpenDenoiser,
  jobs: readonly SamplingJob[],
  plan: SamplingPlan,
  { signal, onStep, methods }: BatchOptions = {},
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
  const start = startNamed(plan.start, methods).shape ? joinStarts(jobs, molecules.nodes) : undefined;
  const { score, isBroken } = guardScore(scoreOf(denoiser.of(batch)), batch);
  const positions = await samplerNamed(plan.sampler, methods).sample(score, molecules, plan, {
    noise,
    start,
    lowest: denoiser.lowestSigma,
    signal,
    onStep: tell,
  });
  return jobs.map((_, k) => {
    const coordinates = positions.slice(...range(k));
    if (isBroken(k)) coordinates.fill(Number.NaN);
    const path = recorders.get(k)?.points;
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
