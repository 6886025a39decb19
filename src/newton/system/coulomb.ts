import type { ForceField } from './force-field.js';
import { fusedMultiplyAdd } from './fused-multiply-add.js';
import { PairwiseSums } from './pairwise-sums.js';

// What is kept of each body, side by side in one array: that is a quarter faster than an array for each.
const X = 0;
const Y = 1;
const Z = 2;
const CHARGE = 3;
/** |x|² */
const SQUARE = 4;
const WIDTH = 5;

/** Pairs whose r² is below this share of |x_i|² + |x_j|² are close: there the rounding of x_i·x_j shows. */
const CLOSE = 0.3;

/**
 * Coulomb forces, F_i = Σ_j q_i q_j (x_i − x_j) / (r² + ε)^{3/2}, rounded in the order of the published program,
 * a NumPy one, so that close encounters (which amplify a last bit ten-million-fold) come out alike:
 * - r² = |x_i|² + |x_j|² − 2 x_i·x_j. For close pairs, where most of that cancels, x_i·x_j is rounded as matrix
 *   libraries do it, by fused multiply-adds: `fma(z, z', fma(y, y', x x'))`.
 * - the sum over j runs in NumPy's pairwise order, see {@link PairwiseSums}.
 *
 * Each pair is visited once: its two forces differ by the sign alone, to the last bit.
 */
export function coulombForces(charges: Float64Array, softening: number): ForceField {
  const bodies = new Float64Array(charges.length * WIDTH);
  for (let i = 0; i < charges.length; i++) bodies[i * WIDTH + CHARGE] = charges[i];
  const sums = new PairwiseSums(charges.length);
  return (loc, _vel, force) => {
    pack(loc, bodies);
    sums.clear();
    addPairs(bodies, softening, sums);
    sums.total(force);
  };
}

function pack(loc: Float64Array, bodies: Float64Array): void {
  const n = bodies.length / WIDTH;
  for (let i = 0; i < n; i++) {
    const at = i * WIDTH;
    const x = loc[i];
    const y = loc[n + i];
    const z = loc[2 * n + i];
    bodies[at + X] = x;
    bodies[at + Y] = y;
    bodies[at + Z] = z;
    bodies[at + SQUARE] = x * x + y * y + z * z;
  }
}

/** The hot loop: 15 to 25 ns a pair. */
function addPairs(bodies: Float64Array, softening: number, { row, offsets, values }: PairwiseSums): void {
  for (let i = 0, a = 0; a < bodies.length; i++, a += WIDTH) {
    const x = bodies[a + X];
    const y = bodies[a + Y];
    const z = bodies[a + Z];
    const charge = bodies[a + CHARGE];
    const square = bodies[a + SQUARE];
    const rowI = i * row;
    let atJ = rowI + row + offsets[i];
    for (let j = i + 1, b = a + WIDTH; b < bodies.length; j++, b += WIDTH, atJ += row) {
      const xj = bodies[b + X];
      const yj = bodies[b + Y];
      const zj = bodies[b + Z];
      const squares = square + bodies[b + SQUARE];
      let squared = squares - 2 * (x * xj + y * yj + z * zj);
      if (squared < CLOSE * squares) {
        squared = squares - 2 * fusedMultiplyAdd(z, zj, fusedMultiplyAdd(y, yj, x * xj));
      }
      squared += softening;
      const factor = (charge * bodies[b + CHARGE]) / (squared * Math.sqrt(squared));
      const fx = factor * (x - xj);
      const fy = factor * (y - yj);
      const fz = factor * (z - zj);
      const atI = rowI + offsets[j];
      values[atI] += fx;
      values[atI + 1] += fy;
      values[atI + 2] += fz;
      values[atJ] -= fx;
      values[atJ + 1] -= fy;
      values[atJ + 2] -= fz;
    }
  }
}
