import type { Rng } from '../../random/generator.js';

/** How the deviation of the noise is drawn in training: ln σ is normal, σ is held within limits. In ångström. */
export interface NoiseLaw {
  /** The median of σ. */
  readonly median: number;
  /** The deviation of ln σ. */
  readonly spread: number;
  readonly low: number;
  readonly high: number;
}

/** Draws a deviation (Karras et al. 2022, table 1, "noise distribution"). */
export const drawSigma = ({ median, spread, low, high }: NoiseLaw, rng: Rng): number =>
  Math.min(high, Math.max(low, median * Math.exp(spread * rng.normal())));
