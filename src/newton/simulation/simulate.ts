import { emptySet, type TrajectorySet } from '../data/trajectory-set.js';
import type { InitialState } from '../system/initial.js';
import { integrate } from '../system/integrate.js';
import { type Simulation, snapshotCount } from '../system/system.js';
import type { PerSplit } from './protocol.js';

/** Integrates one trajectory from each state, one after the other on this thread. */
export function simulate(simulation: Simulation, states: readonly InitialState[]): TrajectorySet {
  const { bodies } = simulation;
  const snapshots = snapshotCount(simulation);
  const set = emptySet(states.length, snapshots, bodies);
  for (const [index, state] of states.entries()) {
    const { loc, vel } = integrate(simulation, state);
    set.loc.set(loc, index * snapshots * 3 * bodies);
    set.vel.set(vel, index * snapshots * 3 * bodies);
    set.charges.set(state.charges, index * bodies);
    set.edges.set(state.edges, index * bodies * bodies);
  }
  return set;
}

/** The same for each part of a data set. */
export function simulateSplits(
  simulation: Simulation,
  states: PerSplit<readonly InitialState[]>,
): PerSplit<TrajectorySet> {
  return {
    train: simulate(simulation, states.train),
    valid: simulate(simulation, states.valid),
    test: simulate(simulation, states.test),
  };
}
