/** Boltzmann's constant times 298.15 K, in kcal/mol. */
export const KT = 0.0019872043 * 298.15;

/** Energies over the lowest of them. */
export function relativeEnergies(energies: ArrayLike<number>): Float32Array {
  const lowest = Array.from(energies).reduce((least, energy) => Math.min(least, energy), Number.POSITIVE_INFINITY);
  return Float32Array.from(energies, (energy) => energy - lowest);
}

/** The share of each conformer at 298.15 K: exp(−E/kT), summing to 1. @param energies in kcal/mol, over any zero */
export function boltzmannWeights(energies: ArrayLike<number>): Float32Array {
  return normalizedWeights(Array.from(relativeEnergies(energies), (energy) => Math.exp(-energy / KT)));
}

/** Weights that sum to 1; all the same where they are all 0. */
export function normalizedWeights(weights: readonly number[]): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(weights, (weight) => (total > 0 ? weight / total : 1 / weights.length));
}
