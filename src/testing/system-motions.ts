import { applyRotation, type Matrix3, randomRotation } from '../geometry/index.js';
import type { SystemBatch } from '../networks/system-batch.js';
import type { Rng } from '../random/generator.js';
import type { Motion } from './equivariance.js';

/** What can be done to systems that a network of nature must follow. */
export const motionNames = ['rotation', 'translation', 'permutation', 'reflection'] as const;
/** The name of a motion that a network is tested under. */
export type MotionName = (typeof motionNames)[number];

/** A random motion of systems, and what it does to positions predicted for them. */
export function randomMotion(name: MotionName, systems: SystemBatch, rng: Rng): Motion<SystemBatch> {
  if (name === 'rotation') return orthogonalMotion(randomRotation(rng), 1);
  // In three dimensions the negative of a rotation is a mirror image, turned.
  if (name === 'reflection')
    return orthogonalMotion(
      randomRotation(rng).map((x) => -x),
      -1,
    );
  return name === 'translation' ? translation(systems, rng) : permutation(systems, rng);
}

/**
 * Turns or mirrors all vectors. A magnetic field is a pseudo-vector: in a mirror it turns around besides.
 * @param determinant 1 for rotations, −1 for reflections
 */
export function orthogonalMotion(matrix: Matrix3, determinant: 1 | -1): Motion<SystemBatch> {
  const move = (vectors: Float32Array): Float32Array => applyRotation(matrix, vectors);
  return {
    input: (systems) => ({
      ...systems,
      positions: move(systems.positions),
      velocities: move(systems.velocities),
      fields: {
        ...(systems.fields?.gravity && { gravity: move(systems.fields.gravity) }),
        ...(systems.fields?.magnetic && { magnetic: move(systems.fields.magnetic).map((x) => determinant * x) }),
      },
    }),
    output: move,
  };
}

/**
 * Shifts every system by a vector of its own, about as long as the system is large. Longer ones would measure how
 * float32 rounds positions, not what the network does: far from the origin the differences between positions, all
 * that a network may look at, have lost their last digits before it sees them.
 */
function translation({ sizes, positions }: SystemBatch, rng: Rng): Motion<SystemBatch> {
  const shift = new Float64Array(positions.length);
  let first = 0;
  for (const size of sizes) {
    const end = first + 3 * size;
    const reach = positions.subarray(first, end).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const vector = rng.fillUniform(new Float64Array(3), -(reach || 1), reach || 1);
    for (; first < end; first++) shift[first] = vector[first % 3];
  }
  const move = (values: Float32Array): Float32Array => values.map((x, k) => x + shift[k]);
  return { input: (systems) => ({ ...systems, positions: move(systems.positions) }), output: move };
}

/** Reorders the bodies within each system, and the systems. */
function permutation({ sizes }: SystemBatch, rng: Rng): Motion<SystemBatch> {
  const order = rng.shuffle(sizes.map((_, system) => system));
  const starts = sizes.map((_, system) => sizes.slice(0, system).reduce((sum, size) => sum + size, 0));
  const bodies = order.flatMap((system) =>
    rng.shuffle(Array.from({ length: sizes[system] }, (_, k) => starts[system] + k)),
  );
  const rows = (values: Float32Array): Float32Array => reorder(values, bodies, 3);
  return {
    input: (systems) => ({
      sizes: order.map((system) => sizes[system]),
      positions: rows(systems.positions),
      velocities: rows(systems.velocities),
      charges: reorder(systems.charges, bodies, 1),
      fields: Object.fromEntries(
        Object.entries(systems.fields ?? {}).map(([name, field]) => [name, reorder(field, order, 3)]),
      ),
    }),
    output: rows,
  };
}

/** Row k of the result is row order[k] of the values. */
function reorder(values: Float32Array, order: readonly number[], width: number): Float32Array {
  return Float32Array.from(order.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]));
}
