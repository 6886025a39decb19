/** Trajectories of systems of one size, in the published layout; C order throughout. */
export interface TrajectorySet {
  readonly trajectories: number;
  readonly snapshots: number;
  readonly bodies: number;
  /** Positions [trajectory, snapshot, 3, n]. */
  readonly loc: Float64Array;
  /** Velocities, half a time step before the positions, [trajectory, snapshot, 3, n]. */
  readonly vel: Float64Array;
  /** Charges [trajectory, n]; 1 for springs. */
  readonly charges: Float64Array;
  /** `[trajectory, n, n]`: products of charges; for springs 1 where a spring is, else 0. */
  readonly edges: Float64Array;
}

/** A set of that size, all zeros, to be filled. */
export function emptySet(trajectories: number, snapshots: number, bodies: number): TrajectorySet {
  return {
    trajectories,
    snapshots,
    bodies,
    loc: new Float64Array(trajectories * snapshots * 3 * bodies),
    vel: new Float64Array(trajectories * snapshots * 3 * bodies),
    charges: new Float64Array(trajectories * bodies),
    edges: new Float64Array(trajectories * bodies * bodies),
  };
}

/** Copies `part` into `whole`, from trajectory `at` on. */
export function insertSet(whole: TrajectorySet, part: TrajectorySet, at: number): void {
  const { snapshots, bodies } = whole;
  whole.loc.set(part.loc, at * snapshots * 3 * bodies);
  whole.vel.set(part.vel, at * snapshots * 3 * bodies);
  whole.charges.set(part.charges, at * bodies);
  whole.edges.set(part.edges, at * bodies * bodies);
}
