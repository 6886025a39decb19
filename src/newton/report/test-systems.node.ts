import { UserError } from '../../common/errors.js';
import type { BodyTrajectory } from '../data/body-trajectory.js';
import { datasetHash, windowsHash } from '../data/dataset-hash.node.js';
import { snapshotPairs } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { systemsOfWindows, windowsOfTrajectories } from '../data/windows.js';
import { systemsOf } from '../evaluation/evaluate.js';
import type { SystemBatch } from '../networks/system-batch.js';

/** The snapshots that are seen and predicted. */
interface Choice {
  readonly input: number;
  readonly target: number;
}

/** The systems that runs are tested on. */
export interface TestSystems {
  /** As the network of each run takes them, but for external fields; in the order of the runs. */
  readonly seen: readonly SystemBatch[];
  /** Where the bodies come to be, [bodies, 3]. */
  readonly targets: Float32Array;
  /** A hash of the test trajectories, as each run has it. */
  readonly hashes: readonly string[];
  /** The positions of a system in every stored snapshot from input to target, [bodies, 3] each. */
  path(system: number): Float32Array[];
}

/** Those of a set of `.npy` files. @throws UserError for snapshots that it does not have */
export function testSystemsOfSet(set: TrajectorySet, runs: number, choice: Choice): TestSystems {
  const pairs = snapshotPairs(set, choice);
  const hash = datasetHash(set);
  return {
    seen: new Array<SystemBatch>(runs).fill(systemsOf(pairs)),
    targets: pairs.targets,
    hashes: new Array<string>(runs).fill(hash),
    path: (system) => {
      const one = trajectoryOf(set, system);
      return snapshotsBetween(choice).map((input) => snapshotPairs(one, { ...choice, input }).positions);
    },
  };
}

/**
 * Those of trajectories in another format.
 * @param read the same trajectories as the network of each run takes them
 * @throws UserError for snapshots that one does not have, and where two runs have others to test on
 */
export function testSystemsOfTrajectories(read: readonly (readonly BodyTrajectory[])[], choice: Choice): TestSystems {
  const windows = read.map((trajectories) => windowsOfTrajectories(trajectories, choice));
  const known = windows.map(systemsOfWindows);
  const [first] = known;
  if (known.some(({ targets }) => !isSame(targets, first.targets))) {
    throw new UserError('the runs have other trajectories to test on than each other; they need reports of their own', {
      code: 'mismatch',
    });
  }
  return {
    seen: known.map(({ systems }) => systems),
    targets: first.targets,
    hashes: windows.map(windowsHash),
    path: (system) => {
      const { positions, bodies } = read[0][system];
      return snapshotsBetween(choice).map((k) => positions.subarray(3 * bodies * k, 3 * bodies * (k + 1)));
    },
  };
}

const isSame = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, k) => value === b[k]);

const snapshotsBetween = ({ input, target }: Choice): number[] =>
  Array.from({ length: target - input + 1 }, (_, k) => input + k);

/** A set of one trajectory alone. */
function trajectoryOf(set: TrajectorySet, trajectory: number): TrajectorySet {
  const size = set.snapshots * 3 * set.bodies;
  return {
    ...set,
    trajectories: 1,
    loc: set.loc.subarray(trajectory * size, (trajectory + 1) * size),
    charges: set.charges.subarray(trajectory * set.bodies, (trajectory + 1) * set.bodies),
  };
}
