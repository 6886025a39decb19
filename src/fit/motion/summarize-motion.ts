import { mean, type Spread, spread } from '../../common/statistics.js';
import { FEMTOSECONDS_PER_PICOSECOND } from './integrate.js';
import type { MotionMoment } from './motion.js';

/** What a simulation came to; energies in the potential's unit. */
export interface MotionSummary {
  readonly atoms: number;
  /** Of the last sample. */
  readonly steps: number;
  /** From the first sample to the last, in ps. */
  readonly time: number;
  readonly samples: number;
  /** In K. */
  readonly temperature: Spread | null;
  readonly potential: Spread | null;
  readonly kinetic: Spread | null;
  /**
   * How the total energy, less what a thermostat put in, changed per atom and ps: the slope of the line through all
   * samples; null of fewer than two.
   */
  readonly drift: number | null;
  /** The root mean square of its distances from that line, per atom. */
  readonly fluctuation: number | null;
  /** Its change from the first sample to the last, per atom. */
  readonly change: number | null;
  /** Atoms that had others within reach at the start and have none at the end; null where none were looked for. */
  readonly lostAtoms: number | null;
}

/** What the moments of a simulation say, which may be some of its samples. */
export function summarizeMotion(
  moments: readonly MotionMoment[],
  { atoms, lostAtoms = null }: { readonly atoms: number; readonly lostAtoms?: number | null },
): MotionSummary {
  const times = moments.map(({ time }) => time / FEMTOSECONDS_PER_PICOSECOND);
  const conserved = moments.map(({ total, heat }) => (total - heat) / atoms);
  const line = lineThrough(times, conserved);
  const [first, last] = [conserved[0], conserved.at(-1)];
  return {
    atoms,
    steps: moments.at(-1)?.step ?? 0,
    time: (times.at(-1) ?? 0) - (times[0] ?? 0),
    samples: moments.length,
    temperature: spread(moments.map(({ temperature }) => temperature)),
    potential: spread(moments.map(({ potential }) => potential)),
    kinetic: spread(moments.map(({ kinetic }) => kinetic)),
    drift: line?.slope ?? null,
    fluctuation: line?.distance ?? null,
    change: line && last !== undefined ? last - first : null,
    lostAtoms,
  };
}

/** The line of least squares; undefined where there is none. */
function lineThrough(x: readonly number[], y: readonly number[]): { slope: number; distance: number } | undefined {
  const [middle, level] = [mean(x), mean(y)];
  const square = x.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  if (!(square > 0)) return undefined;
  const slope = x.reduce((sum, value, k) => sum + (value - middle) * (y[k] - level), 0) / square;
  const distances = x.map((value, k) => (y[k] - level - slope * (value - middle)) ** 2);
  return { slope, distance: Math.sqrt(mean(distances)) };
}
