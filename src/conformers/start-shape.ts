import { type EmbeddingPlan, embeddingPlan, embedShape } from '../molecules/distance-geometry.js';
import type { Molecule } from '../molecules/molecule.js';
import type { Rng } from '../random/generator.js';

const plans = new WeakMap<Molecule, EmbeddingPlan>();

/**
 * A shape to start sampling from: the one place that decides how they are made.
 * @returns ångström, [atoms · 3], right in stereo; undefined where none is found, as for an isomer that cannot exist
 */
export function startShape(molecule: Molecule, rng: Rng): Float32Array | undefined {
  const plan = plans.get(molecule) ?? embeddingPlan(molecule);
  plans.set(molecule, plan);
  return embedShape(plan, rng);
}
