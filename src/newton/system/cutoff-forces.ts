import { CellList } from '../../graphs/cell-list.js';
import type { ForceField } from './force-field.js';

/**
 * The forces of `pairForces` with a cutoff. The work grows with the number of bodies and of those within reach of each,
 * not with the number of all pairs.
 */
export function cutoffForces(charges: Float64Array, softening: number, cutoff: number): ForceField {
  const n = charges.length;
  const cells = new CellList(n, cutoff);
  const near = new Int32Array(n);
  const atCutoff = cutoff / (cutoff * cutoff + softening) ** 1.5;
  return (loc, _vel, force) => {
    force.fill(0);
    cells.fill(loc);
    for (let i = 0; i < n; i++) {
      const count = cells.near(i, near);
      for (let k = 0; k < count; k++) {
        const j = near[k];
        const x = loc[i] - loc[j];
        const y = loc[n + i] - loc[n + j];
        const z = loc[2 * n + i] - loc[2 * n + j];
        const squared = x * x + y * y + z * z;
        if (squared >= cutoff * cutoff) continue;
        const softened = squared + softening;
        const length = Math.sqrt(squared);
        // At r = 0 the direction is undefined, and the shift, which has one, is left out.
        const shift = length === 0 ? 0 : atCutoff / length;
        const factor = charges[i] * charges[j] * (1 / (softened * Math.sqrt(softened)) - shift);
        force[i] += factor * x;
        force[n + i] += factor * y;
        force[2 * n + i] += factor * z;
        force[j] -= factor * x;
        force[n + j] -= factor * y;
        force[2 * n + j] -= factor * z;
      }
    }
  };
}
