import { Rng } from '../../random/generator.js';
import { embeddingPlan, embedShape } from '../distance-geometry/distance-geometry.js';
import type { Molecule } from '../molecule.js';
import type { ShapeTask } from './molecule-tasks.js';
import { ruleBasedConformers } from './rule-based.js';

/**
 * Shapes of a molecule, in ångström, [atoms · 3] each. By distance geometry each has random numbers of its own, which
 * depend on the seed and its number alone; fewer than asked where some could not be made with the right stereo. The
 * rules give them one after the other, and run out.
 */
export function makeShapes(
  molecule: Molecule,
  { method, seed, first, count }: Pick<ShapeTask, 'method' | 'seed' | 'first' | 'count'>,
): Float32Array[] {
  const rng = Rng.fromSeed(seed);
  if (method === 'rules') return ruleBasedConformers(molecule, first + count, rng).slice(first);
  const plan = embeddingPlan(molecule);
  return Array.from({ length: count }, (_, k) => embedShape(plan, rng.fork(first + k))).filter((x) => x !== undefined);
}
