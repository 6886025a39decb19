/** Boltzmann's constant times 298.15 K, in kcal/mol. */
export const KT = 0.0019872043 * 298.15;

/** The share of each conformer at 298.15 K: exp(−E/kT), summing to 1. @param energies in kcal/mol */
export function boltzmannWeights(energies: Float32Array): Float32Array {
  const lowest = energies.reduce((least, energy) => Math.min(least, energy), Number.POSITIVE_INFINITY);
  const factors = Float64Array.from(energies, (energy) => Math.exp((lowest - energy) / KT));
  const total = factors.reduce((sum, factor) => sum + factor, 0);
  return Float32Array.from(factors, (factor) => factor / total);
}
