import { median } from '../../common/statistics.js';
import type { SetDescription } from '../data/set-description.js';
import { namedSet } from '../data/set-name.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import type { InitialState } from '../system/initial-state.js';
import { integrate, type Trajectory } from '../system/integrate.js';
import { defineSimulation, PROTOCOLS, type Simulation } from '../system/system.js';

/** A snapshot of a trajectory as a state to start from: what {@link integrate} makes of it goes on as it does. */
export function stateAt(set: TrajectorySet, trajectory: number, snapshot: number): InitialState {
  const { bodies, snapshots } = set;
  const at = (trajectory * snapshots + snapshot) * 3 * bodies;
  const pairs = bodies * bodies;
  return {
    loc: set.loc.subarray(at, at + 3 * bodies),
    vel: set.vel.subarray(at, at + 3 * bodies),
    charges: set.charges.subarray(trajectory * bodies, (trajectory + 1) * bodies),
    edges: set.edges.subarray(trajectory * pairs, (trajectory + 1) * pairs),
  };
}

/** The snapshots that follow a state, so many. */
export const goOn = (law: Simulation, state: InitialState, snapshots: number): Trajectory =>
  integrate({ ...law, steps: snapshots * law.sampleEvery + 1 }, state);

/** So many trajectories are looked at. */
const LOOKED_AT = 9;
/** How far apart two correct integrators may be a snapshot later, in the unit of length. */
const TOLERANCE = 1e-9;

/**
 * The simulation whose laws the trajectories of a set obey: that which the set's description or published name says, if
 * its trajectories do go on as it has them, from one snapshot to the next. Undefined where there is none.
 */
export function lawOfSet(
  set: TrajectorySet,
  { name, description }: { readonly name: string; readonly description?: SetDescription },
): Simulation | undefined {
  if (set.snapshots < 2) return undefined;
  const laws = lawsSaid(name, set.bodies, description);
  const misses = laws.map((law) => ({ law, miss: missOf(law, set) })).sort((a, b) => a.miss - b.miss);
  return misses.find(({ miss }) => miss <= TOLERANCE)?.law;
}

function lawsSaid(name: string, bodies: number, description: SetDescription | undefined): Simulation[] {
  const said = description?.simulation;
  if (said) return said.bodies === bodies ? [defineSimulation(said)] : [];
  const { kind, cutoff } = namedSet(name);
  return kind ? PROTOCOLS.map((protocol) => defineSimulation({ kind, protocol, bodies, cutoff })) : [];
}

/** How far the first trajectories are from where a law has them one snapshot later; the median. */
function missOf(law: Simulation, set: TrajectorySet): number {
  const trajectories = Array.from({ length: Math.min(LOOKED_AT, set.trajectories) }, (_, k) => k);
  return median(
    trajectories.map((trajectory) => {
      const { loc } = goOn(law, stateAt(set, trajectory, 0), 1);
      const found = stateAt(set, trajectory, 1).loc;
      return loc.reduce((most, x, k) => Math.max(most, Math.abs(x - found[k])), 0);
    }),
  );
}
