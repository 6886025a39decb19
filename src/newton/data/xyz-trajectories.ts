import type { XyzStructure } from '../../files/extended-xyz.js';
import type { RolledOut } from '../networks/roll-out.js';
import { placedStructure } from './xyz-systems.js';

/** What is said of the structures of a trajectory. */
export interface TrajectoryInfo {
  /** What to add to the comment line of every state but the start. */
  readonly info?: Readonly<Record<string, string>>;
  /** The time of one step, where it is known. */
  readonly timeSpan?: number;
}

/**
 * Trajectories as structures: system after system, each as it was given and then in every state of a roll-out, in one
 * order. Comment lines say which `system` (from 1), which `step` (0 is the start) and, where it is known, the `time`,
 * from that of the structure where it has one, else from 0; where it is not, the time of the structure is left to the start
 * alone. Other columns stay.
 *
 * @param states of all systems, in the order of the structures
 */
export function trajectoryStructures(
  structures: readonly XyzStructure[],
  states: readonly RolledOut[],
  { info = {}, timeSpan }: TrajectoryInfo = {},
): XyzStructure[] {
  let first = 0;
  return structures.flatMap((structure, k) => {
    const [start, end] = [first, first + structure.positions.length];
    first = end;
    const { Time, ...timed } = structure.info;
    const { time = Time, ...untimed } = timed;
    const begin = Number(time ?? 0) || 0;
    const said = (step: number): Record<string, string> => ({
      system: `${k + 1}`,
      step: `${step}`,
      ...(timeSpan !== undefined && { time: `${Number((begin + step * timeSpan).toPrecision(9))}` }),
    });
    const moved = states.map(({ step, positions, velocities }) =>
      placedStructure(
        { ...structure, info: timeSpan === undefined ? untimed : timed },
        { positions: positions.subarray(start, end), velocities: velocities.subarray(start, end) },
        { ...info, ...said(step) },
      ),
    );
    const own = timeSpan === undefined ? structure.info : timed;
    return [{ ...structure, info: { ...own, ...said(0) } }, ...moved];
  });
}
