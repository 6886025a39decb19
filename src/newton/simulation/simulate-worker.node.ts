import { serveTasks } from '../../common/worker-tasks.node.js';
import type { InitialState } from '../system/initial.js';
import type { Simulation } from '../system/system.js';
import { simulate } from './simulate.js';

/** What a worker is asked for: one trajectory from each state. It answers with their TrajectorySet. */
export interface SimulationTask {
  readonly simulation: Simulation;
  readonly states: readonly InitialState[];
}

serveTasks(({ simulation, states }: SimulationTask) => {
  const answer = simulate(simulation, states);
  const transfer = [answer.loc, answer.vel, answer.charges, answer.edges].map((array) => array.buffer as ArrayBuffer);
  return { answer, transfer };
});
