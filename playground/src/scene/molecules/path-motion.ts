import type { PathStep } from '../../engine/molecules-types.js';

/** Where atoms are between two steps of a way. */
export interface PathMoment {
  readonly coordinates: Float32Array;
  /** The noise level there, Å. */
  readonly sigma: number;
}

/** Noise, in ångström, under which bonds mean little. */
const SOFT = 0.8;

/** How thick bonds are drawn under so much noise: as thick as they are to be believed. */
export const firmnessAt = (sigma: number): number => 0.15 + 0.85 / (1 + (sigma / SOFT) ** 2);

/** The way at a share of its length, from 0 to 1; atoms go straight from one step to the next. */
export function momentOf(path: readonly PathStep[], share: number): PathMoment {
  const at = Math.min(1, Math.max(0, share)) * (path.length - 1);
  const k = Math.min(path.length - 2, Math.floor(at));
  if (k < 0) return path[0];
  const part = at - k;
  const [from, to] = [path[k], path[k + 1]];
  return {
    coordinates: from.coordinates.map((value, i) => value + part * (to.coordinates[i] - value)),
    sigma: from.sigma + part * (to.sigma - from.sigma),
  };
}
