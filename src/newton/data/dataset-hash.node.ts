import { createHash } from 'node:crypto';
import type { TrajectorySet } from './trajectory-set.js';
import type { Windows } from './windows.js';

/**
 * SHA-256, in hexadecimal, of all numbers of a set and their shape: the same for the same content, however it was
 * stored (dtypes that hold the numbers exactly, index orders, file names).
 */
export function datasetHash(set: TrajectorySet): string {
  const hash = createHash('sha256');
  hash.update(`clofnet trajectories ${set.trajectories} ${set.snapshots} ${set.bodies}\n`);
  for (const { buffer, byteOffset, byteLength } of [set.loc, set.vel, set.charges, set.edges]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

/** The first 16 digits of SHA-256, in hexadecimal, of what is learned from or measured on. */
export function windowsHash({ positions, velocities, charges, columns = {}, edges, first, bodies }: Windows): string {
  const hash = createHash('sha256');
  const arrays = [
    positions,
    velocities,
    charges,
    ...Object.values(columns),
    ...(edges ? [edges.numbers] : []),
    first,
    bodies,
  ];
  for (const { buffer, byteOffset, byteLength } of arrays) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex').slice(0, 16);
}
