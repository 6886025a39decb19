import { coulombForces } from './coulomb.js';
import { cutoffForces } from './cutoff-forces.js';
import type { ForceField } from './force-field.js';
import type { Laws } from './system-kind.js';

/** The numbers of the laws that pairs of bodies know. */
type PairLaws = Pick<Laws, 'softening' | 'cutoff'>;

/**
 * Inverse-square forces that drive equal charges apart, F_i = Σ_j q_i q_j f(r) (x_i − x_j)/r with
 * f(r) = r / (r² + ε)^{3/2}; with a cutoff r_c, f(r) − f(r_c) for r < r_c and nothing beyond, which molecular dynamics
 * calls a shifted force (Allen and Tildesley, Computer Simulation of Liquids, section 5.2.3): it ends without a jump.
 */
export const pairForces = (charges: Float64Array, { softening, cutoff }: PairLaws): ForceField =>
  cutoff === undefined ? coulombForces(charges, softening) : cutoffForces(charges, softening, cutoff);

/**
 * The potential energy of these forces, Σ_{i<j} q_i q_j φ(r) with φ(r) = 1/√(r² + ε); with a cutoff,
 * φ(r) − φ(r_c) + (r − r_c) f(r_c) for r < r_c.
 */
export function pairPotential(
  charges: Float64Array,
  { softening, cutoff = Number.POSITIVE_INFINITY }: PairLaws,
): (loc: Float64Array) => number {
  const n = charges.length;
  const atCutoff = cutoff === Number.POSITIVE_INFINITY ? 0 : 1 / Math.sqrt(cutoff * cutoff + softening);
  const force = atCutoff === 0 ? 0 : cutoff * atCutoff ** 3;
  return (loc) => {
    let energy = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const x = loc[i] - loc[j];
        const y = loc[n + i] - loc[n + j];
        const z = loc[2 * n + i] - loc[2 * n + j];
        const squared = x * x + y * y + z * z;
        if (squared >= cutoff * cutoff) continue;
        const shift = force === 0 ? 0 : (Math.sqrt(squared) - cutoff) * force;
        energy += charges[i] * charges[j] * (1 / Math.sqrt(squared + softening) - atCutoff + shift);
      }
    }
    return energy;
  };
}
