import type { TorsionTerms } from './torsion-terms.js';

/**
 * Adds the cost of torsions at positions [atoms, 3] to a gradient and returns it. The derivative of a torsion is that
 * of Blondel and Karplus (1996), which has no pole at 0° and 180°.
 */
export function addTorsions({ atoms, costs }: TorsionTerms, x: Float64Array, gradient: Float64Array): number {
  let energy = 0;
  for (let term = 0; 4 * term < atoms.length; term++) {
    const [i, j, k, l] = [
      3 * atoms[4 * term],
      3 * atoms[4 * term + 1],
      3 * atoms[4 * term + 2],
      3 * atoms[4 * term + 3],
    ];
    const [fx, fy, fz] = [x[i] - x[j], x[i + 1] - x[j + 1], x[i + 2] - x[j + 2]];
    const [gx, gy, gz] = [x[j] - x[k], x[j + 1] - x[k + 1], x[j + 2] - x[k + 2]];
    const [hx, hy, hz] = [x[l] - x[k], x[l + 1] - x[k + 1], x[l + 2] - x[k + 2]];
    const [ax, ay, az] = [fy * gz - fz * gy, fz * gx - fx * gz, fx * gy - fy * gx]; // f × g
    const [bx, by, bz] = [hy * gz - hz * gy, hz * gx - hx * gz, hx * gy - hy * gx]; // h × g
    const length = Math.sqrt(gx * gx + gy * gy + gz * gz);
    const [aa, bb] = [ax * ax + ay * ay + az * az, bx * bx + by * by + bz * bz];
    if (aa < 1e-4 || bb < 1e-4 || length < 1e-2) continue; // in line: no torsion
    const sine = ((bx * ay - by * ax) * gz + (by * az - bz * ay) * gx + (bz * ax - bx * az) * gy) / length;
    const phi = Math.atan2(sine, ax * bx + ay * by + az * bz);
    const [one, two, three, four] = [0, 1, 2, 3].map((k) => costs[4 * term + k]);
    energy +=
      one * Math.cos(phi) + four * Math.sin(phi) + two * (1 - Math.cos(2 * phi)) + three * (1 + Math.cos(3 * phi));
    const slope =
      four * Math.cos(phi) - one * Math.sin(phi) + 2 * two * Math.sin(2 * phi) - 3 * three * Math.sin(3 * phi);
    const fg = (fx * gx + fy * gy + fz * gz) / (aa * length);
    const hg = (hx * gx + hy * gy + hz * gz) / (bb * length);
    const [p, q, s, t] = [(-slope * length) / aa, (slope * length) / bb, slope * fg, -slope * hg];
    for (let axis = 0; axis < 3; axis++) {
      const [a, b] = axis === 0 ? [ax, bx] : axis === 1 ? [ay, by] : [az, bz];
      gradient[i + axis] += p * a;
      gradient[j + axis] += -p * a + s * a + t * b;
      gradient[k + axis] += -q * b - s * a - t * b;
      gradient[l + axis] += q * b;
    }
  }
  return energy;
}
