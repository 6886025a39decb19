import type { SamplingStep } from './sampling.js';

/** Where one conformer was on its way from noise. */
export interface PathPoint {
  /** Network calls so far. */
  readonly call: number;
  /** The noise level, in ångström; 0 at the end. */
  readonly sigma: number;
  /** Positions in ångström, [atoms · 3]. */
  readonly coordinates: Float32Array;
}

/** The most points of a path; of longer runs every so many steps are kept, and the last one. */
const MOST_POINTS = 250;

/** Keeps the trajectory of one conformer out of steps of many. @param range where its coordinates stand */
export function pathRecorder([begin, end]: readonly [begin: number, end: number]): {
  readonly points: readonly PathPoint[];
  note(step: SamplingStep): void;
} {
  const points: PathPoint[] = [];
  return {
    points,
    note({ call, calls, sigma, positions }) {
      const stride = Math.ceil((calls + 1) / MOST_POINTS);
      if (call % stride === 0 || call === calls) {
        points.push({ call, sigma, coordinates: positions.slice(begin, end) });
      }
    },
  };
}
