import { parentPort } from 'node:worker_threads';
import type { InitialState } from './initial.js';
import { simulate } from './simulate.js';
import type { Simulation } from './system.js';

/** What a worker is asked for: one trajectory from each state. It answers with their TrajectorySet. */
export interface SimulationTask {
  readonly simulation: Simulation;
  readonly states: readonly InitialState[];
}

parentPort?.on('message', ({ simulation, states }: SimulationTask) => {
  const set = simulate(simulation, states);
  const buffers = [set.loc, set.vel, set.charges, set.edges].map((array) => array.buffer as ArrayBuffer);
  parentPort?.postMessage(set, buffers);
});
