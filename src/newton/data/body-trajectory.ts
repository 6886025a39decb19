import { UserError } from '../../common/errors.js';
import type { XyzStructure } from '../../files/extended-xyz.js';
import { type BodyColumns, columnInputs } from '../networks/system.js';
import type { PerSplit } from '../simulation/protocol.js';
import { columnOf, edgesOfStructure } from './xyz-systems.js';

/** A trajectory of one system: as many bodies and snapshots as it has. */
export interface BodyTrajectory {
  /** What messages call it. */
  readonly name: string;
  readonly bodies: number;
  readonly snapshots: number;
  /** The time from one snapshot to the next, where the file says it. */
  readonly spacing?: number;
  /** [snapshot, body, 3] */
  readonly positions: Float32Array;
  /** [snapshot, body, 3] */
  readonly velocities: Float32Array;
  /** [snapshot, body], where the file has them. */
  readonly charges?: Float32Array;
  /** What joins the bodies, [n (n − 1)], where that is wanted: the same in every snapshot. */
  readonly edges?: Float32Array;
  /** Further columns, `scalars.mass` [snapshot, body] or `vectors.spin` [snapshot, body, 3]. */
  readonly columns: Readonly<Record<string, Float32Array>>;
}

/** Trajectories of one spacing, with charges or all without. */
export interface BodyTrajectories {
  readonly all: readonly BodyTrajectory[];
  /** The same in splits, where their files are named by these. */
  readonly named?: PerSplit<readonly BodyTrajectory[]>;
  /** The time between snapshots, where the files say it. */
  readonly spacing?: number;
  readonly charges: boolean;
}

/** How structures become trajectories. */
export interface TrajectoryOptions {
  /** The key of the comment line that says which trajectory a structure is of. */
  readonly groupBy: string;
  /** The further columns that are wanted. */
  readonly columns: BodyColumns;
  /** Whether it is wanted what joins the bodies: `edges`, as many columns as bodies; default false. */
  readonly edges?: boolean;
}

/**
 * Structures of one file as trajectories: those with the same `trajectory=…` in the comment line, or all of them, in
 * their order. Where `time=…` does not go on, another trajectory begins.
 * @throws UserError for a trajectory whose bodies change, or whose snapshots are not evenly spaced; for columns that are
 * missing, or of another width
 */
export function trajectoriesOf(
  structures: readonly XyzStructure[],
  source: string,
  options: TrajectoryOptions,
): BodyTrajectory[] {
  const { groupBy } = options;
  const numbered = structures.map((structure, k) => ({ structure, place: `${source}: structure ${k + 1}` }));
  const unnamed = numbered.find(({ structure }) => structure.info[groupBy] === undefined);
  if (unnamed && numbered.some(({ structure }) => structure.info[groupBy] !== undefined))
    throw new UserError(`${unnamed.place} has no ${groupBy}=NAME in its comment line, others have`, { file: source });
  const groups = new Map<string | undefined, Snapshot[]>();
  for (const snapshot of numbered) {
    const name = snapshot.structure.info[groupBy];
    const group = groups.get(name);
    if (group) group.push(snapshot);
    else groups.set(name, [snapshot]);
  }
  return [...groups].flatMap(([group, snapshots]) => {
    const parts = cutWhereTimeGoesBack(snapshots, source);
    return parts.map((part, k) => {
      const words = [source, group, parts.length > 1 ? `part ${k + 1}` : undefined];
      return packed(part, words.filter((word) => word !== undefined).join(', '), options);
    });
  });
}

interface Snapshot {
  readonly structure: XyzStructure;
  /** What messages call it. */
  readonly place: string;
}

/** The time that a comment line states. */
function timeOf({ structure: { info }, place }: Snapshot, source: string): number | undefined {
  const text = info.time ?? info.Time;
  if (text === undefined) return undefined;
  const time = Number(text);
  if (Number.isFinite(time) && text.trim() !== '') return time;
  throw new UserError(`${place}: time must be a number, not "${text}"`, { file: source });
}

function cutWhereTimeGoesBack(snapshots: readonly Snapshot[], source: string): Snapshot[][] {
  const parts: Snapshot[][] = [];
  let last: number | undefined;
  for (const snapshot of snapshots) {
    const time = timeOf(snapshot, source);
    const goesOn = last === undefined || time === undefined || time > last;
    const part = goesOn ? parts.at(-1) : undefined;
    if (part) part.push(snapshot);
    else parts.push([snapshot]);
    last = time;
  }
  return parts;
}

function packed(snapshots: readonly Snapshot[], name: string, options: TrajectoryOptions): BodyTrajectory {
  const { groupBy, columns, edges = false } = options;
  const [first] = snapshots;
  const { species } = first.structure;
  for (const { structure, place } of snapshots) {
    if (structure.species.join(' ') === species.join(' ')) continue;
    const remedy = `name the trajectory of every structure in its comment line, ${groupBy}=NAME`;
    const bodies = `other bodies than ${first.place.split(': ').at(-1)}`;
    throw new UserError(`${place} has ${bodies}, but a trajectory is of the same bodies in the same order`, { remedy });
  }
  const column = (key: string, width: number): Float32Array =>
    joined(snapshots.map(({ structure, place }) => columnOf(structure, key, width, place)));
  return {
    name,
    bodies: species.length,
    snapshots: snapshots.length,
    spacing: spacingOf(snapshots, name),
    positions: joined(snapshots.map(({ structure }) => structure.positions)),
    velocities: column('velocities', 3),
    ...(snapshots.some(({ structure }) => structure.arrays.has('charges')) && { charges: column('charges', 1) }),
    ...(edges && { edges: lastingEdges(snapshots) }),
    columns: Object.fromEntries(columnInputs(columns).map(({ feed, name: key, width }) => [feed, column(key, width)])),
  };
}

/** What joins the bodies. @throws UserError where that changes */
function lastingEdges([first, ...later]: readonly Snapshot[]): Float32Array {
  const edges = edgesOfStructure(first.structure, first.place);
  const other = later.find(({ structure, place }) => edgesOfStructure(structure, place).some((e, k) => e !== edges[k]));
  if (!other) return edges;
  const before = first.place.split(': ').at(-1);
  throw new UserError(`${other.place} has other edges than ${before}: what joins bodies must last for a trajectory`);
}

/** Lists one after the other, as float32. */
export function joined(parts: readonly (Float64Array | Float32Array)[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Times are written with few digits: spacings may differ by so much of themselves. */
const TOLERANCE = 0.01;

/** Whether two spacings are the same, but for the digits that were written. */
export const isSameSpacing = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * b;

/** The time between snapshots. @throws UserError where it changes, or only some say it */
function spacingOf(snapshots: readonly Snapshot[], name: string): number | undefined {
  const times = snapshots.map((snapshot) => timeOf(snapshot, name));
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0 || snapshots.length < 2) return undefined;
  if (known.length < times.length) {
    const { place } = snapshots[times.indexOf(undefined)];
    throw new UserError(`${place} has no time=… in its comment line, others of its trajectory have`);
  }
  const spacing = Number(((known[known.length - 1] - known[0]) / (known.length - 1)).toPrecision(6));
  const odd = known.findIndex((time, k) => k > 0 && !isSameSpacing(time - known[k - 1], spacing));
  if (odd < 0) return spacing;
  const before = `${known[odd] - known[odd - 1]} after the one before, on average it is ${spacing}`;
  throw new UserError(`${snapshots[odd].place} comes ${before}: snapshots must be evenly spaced in time`);
}
