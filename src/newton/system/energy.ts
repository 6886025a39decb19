/**
 * Total energy of charged bodies: Σ_i ½ v_i² + Σ_{i<j} q_i q_j / sqrt(r² + ε), whose gradient is the force of the
 * simulators (while no component of it reaches the limit).
 *
 * @param loc positions [3, n]
 * @param vel velocities [3, n] at the same time; stored velocities lag half a step, so use {@link synchronized} first
 */
export function chargedEnergy(loc: Float64Array, vel: Float64Array, charges: Float64Array, softening: number): number {
  const n = charges.length;
  let energy = 0;
  for (const component of vel) energy += (component * component) / 2;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const x = loc[i] - loc[j];
      const y = loc[n + i] - loc[n + j];
      const z = loc[2 * n + i] - loc[2 * n + j];
      energy += (charges[i] * charges[j]) / Math.sqrt(x * x + y * y + z * z + softening);
    }
  }
  return energy;
}

/** Velocities half a step later: v + ½ Δt F. Takes stored velocities to the time of the stored positions. */
export function synchronized(vel: Float64Array, force: Float64Array, timeStep: number): Float64Array {
  return vel.map((component, i) => component + 0.5 * timeStep * force[i]);
}
