import { Turns } from '../../common/turns.js';
import { emptySet, insertSet, type TrajectorySet } from '../data/trajectory-set.js';
import type { InitialState } from '../system/initial.js';
import { type Simulation, snapshotCount } from '../system/system.js';
import { type PerSplit, SPLITS, type Split } from './protocol.js';
import { simulate } from './simulate.js';

/** How {@link simulateInTurns} reports and stops. */
export interface InTurnsOptions {
  /** Called after every trajectory. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Simulates a data set on the calling thread, one trajectory after the other, and gives events their turn in between:
 * what a page does in its own worker.
 */
export async function simulateInTurns(
  simulation: Simulation,
  states: PerSplit<readonly InitialState[]>,
  { onProgress, signal }: InTurnsOptions = {},
): Promise<PerSplit<TrajectorySet>> {
  const empty = (split: Split) => emptySet(states[split].length, snapshotCount(simulation), simulation.bodies);
  const sets = { train: empty('train'), valid: empty('valid'), test: empty('test') };
  const total = SPLITS.reduce((sum, split) => sum + states[split].length, 0);
  const turns = new Turns();
  let done = 0;
  for (const split of SPLITS) {
    for (const [at, state] of states[split].entries()) {
      signal?.throwIfAborted();
      insertSet(sets[split], simulate(simulation, [state]), at);
      done++;
      onProgress?.(done, total);
      await turns.pause(signal);
    }
  }
  return sets;
}
