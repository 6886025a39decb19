import type { Objective } from '../../common/minimize.js';
import type { EmbeddingTerms, VolumeTerms } from './embedding-terms.js';

/**
 * What an embedding in four dimensions violates: distances outside their bounds (in the form of Havel 1991), volumes
 * outside theirs, and with `flatten` the fourth coordinate.
 */
export function embeddingError(terms: EmbeddingTerms, volumeWeight: number, flatten: number): Objective {
  const { bounds, geometry, hands, planes } = terms;
  const { atoms } = geometry.topology;
  const lower = bounds.lower.map((d) => d * d);
  const upper = bounds.upper.map((d) => d * d);
  return (x, gradient) => {
    gradient.fill(0);
    let error = 0;
    for (let i = 1; i < atoms; i++) {
      for (let j = 0; j < i; j++)
        error += addBoundError(x, gradient, 4 * i, 4 * j, lower[i * atoms + j], upper[i * atoms + j]);
    }
    error += addVolumes(hands, x, gradient, 4, volumeWeight);
    error += addVolumes(planes, x, gradient, 4, volumeWeight);
    for (let k = 3; k < x.length; k += 4) {
      error += flatten * x[k] * x[k];
      gradient[k] += 2 * flatten * x[k];
    }
    return error;
  };
}

function addBoundError(
  x: Float64Array,
  gradient: Float64Array,
  p: number,
  q: number,
  lower: number,
  upper: number,
): number {
  const [a, b, c, d] = [x[p] - x[q], x[p + 1] - x[q + 1], x[p + 2] - x[q + 2], x[p + 3] - x[q + 3]];
  const square = a * a + b * b + c * c + d * d;
  let [error, slope] = [0, 0]; // the slope is of the error against the square
  if (square > upper) {
    const excess = square / upper - 1;
    error = excess * excess;
    slope = (2 * excess) / upper;
  } else if (square < lower) {
    const sum = lower + square;
    const excess = (2 * lower) / sum - 1;
    error = excess * excess;
    slope = (-4 * excess * lower) / (sum * sum);
  } else return 0;
  const scale = 2 * slope;
  gradient[p] += scale * a;
  gradient[p + 1] += scale * b;
  gradient[p + 2] += scale * c;
  gradient[p + 3] += scale * d;
  gradient[q] -= scale * a;
  gradient[q + 1] -= scale * b;
  gradient[q + 2] -= scale * c;
  gradient[q + 3] -= scale * d;
  return error;
}

/** Adds weight · (what a volume lacks or exceeds)². `stride` is the number of coordinates an atom has. */
export function addVolumes(
  { atoms, lower, upper }: VolumeTerms,
  x: Float64Array,
  gradient: Float64Array,
  stride: number,
  weight: number,
): number {
  let error = 0;
  for (let term = 0; term < lower.length; term++) {
    const [a, b, c, o] = [0, 1, 2, 3].map((k) => stride * atoms[4 * term + k]);
    const [px, py, pz] = [x[a] - x[o], x[a + 1] - x[o + 1], x[a + 2] - x[o + 2]];
    const [qx, qy, qz] = [x[b] - x[o], x[b + 1] - x[o + 1], x[b + 2] - x[o + 2]];
    const [rx, ry, rz] = [x[c] - x[o], x[c + 1] - x[o + 1], x[c + 2] - x[o + 2]];
    const [ux, uy, uz] = [qy * rz - qz * ry, qz * rx - qx * rz, qx * ry - qy * rx]; // q × r
    const volume = px * ux + py * uy + pz * uz;
    const excess = volume < lower[term] ? volume - lower[term] : volume > upper[term] ? volume - upper[term] : 0;
    if (excess === 0) continue;
    error += weight * excess * excess;
    const scale = 2 * weight * excess;
    const [vx, vy, vz] = [ry * pz - rz * py, rz * px - rx * pz, rx * py - ry * px]; // r × p
    const [wx, wy, wz] = [py * qz - pz * qy, pz * qx - px * qz, px * qy - py * qx]; // p × q
    add(gradient, a, scale * ux, scale * uy, scale * uz);
    add(gradient, b, scale * vx, scale * vy, scale * vz);
    add(gradient, c, scale * wx, scale * wy, scale * wz);
    add(gradient, o, -scale * (ux + vx + wx), -scale * (uy + vy + wy), -scale * (uz + vz + wz));
  }
  return error;
}

function add(gradient: Float64Array, at: number, x: number, y: number, z: number): void {
  gradient[at] += x;
  gradient[at + 1] += y;
  gradient[at + 2] += z;
}
