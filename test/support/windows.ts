import type { SnapshotPairs } from '../../src/newton/data/snapshots.js';
import type { Windows } from '../../src/newton/data/windows.js';

/** Pairs of snapshots as windows: the targets of all lie behind the inputs of all. */
export function windowsOfPairs({ count, bodies, ...pairs }: SnapshotPairs): Windows {
  const twice = (inputs: Float32Array, targets = inputs): Float32Array => Float32Array.from([...inputs, ...targets]);
  return {
    positions: twice(pairs.positions, pairs.targets),
    velocities: twice(pairs.velocities),
    charges: twice(pairs.charges),
    first: Int32Array.from({ length: count }, (_, k) => k * bodies),
    bodies: new Int32Array(count).fill(bodies),
    gap: count,
  };
}
