import type { InitialState } from '../../src/newton/system/initial.js';
import { drawInitialState } from '../../src/newton/system/initial.js';
import type { Trajectory } from '../../src/newton/system/integrate.js';
import { SYSTEM_KINDS } from '../../src/newton/system/kinds.js';
import { defineSimulation, type Simulation } from '../../src/newton/system/system.js';
import { NumpyRandom } from '../../src/random/numpy-random.js';
import { float64, readTensors } from './fixtures.js';

/** One trajectory by the published simulators, and how to compute it. */
export interface PublishedTrajectory extends Trajectory {
  readonly name: string;
  readonly simulation: Simulation;
  readonly initial: InitialState;
  readonly charges: Float64Array;
  readonly edges: Float64Array;
}

/** The trajectories of a fixture `KINDn.safetensors`. */
export function publishedTrajectories(folder: string, file: string): PublishedTrajectory[] {
  const fixture = readTensors(`${folder}/${file}`);
  const kind = SYSTEM_KINDS.find((candidate) => file.startsWith(candidate));
  if (kind === undefined) throw new Error(`${file} does not begin with the name of a system`);
  const { shape } = float64(fixture, 'loc');
  const simulation = defineSimulation({
    kind,
    protocol: 'clofnet',
    bodies: shape[3],
    steps: Number(fixture.metadata.length),
    sampleEvery: Number(fixture.metadata.sample_freq),
  });
  const seeds: number[] = JSON.parse(fixture.metadata.seeds);
  const part = (name: string, index: number): Float64Array => {
    const { data } = float64(fixture, name);
    const size = data.length / seeds.length;
    return data.subarray(index * size, (index + 1) * size);
  };
  return seeds.map((seed, index) => ({
    name: `${file} seed ${seed}`,
    simulation,
    initial: drawInitialState(simulation, new NumpyRandom(seed)),
    loc: part('loc', index),
    vel: part('vel', index),
    charges: part('charges', index),
    edges: part('edges', index),
  }));
}
