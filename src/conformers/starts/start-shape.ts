import { type EmbeddingPlan, embeddingPlan, embedShape } from '../../molecules/distance-geometry/distance-geometry.js';
import { atomCount, type Molecule } from '../../molecules/molecule.js';
import { hasResources } from '../../molecules/open-chem-lib.js';
import { ruleBasedConformers } from '../../molecules/shapes/rule-based.js';
import type { Rng } from '../../random/generator.js';

const plans = new WeakMap<Molecule, EmbeddingPlan>();

/** The most atoms that have but one shape, by two lengths and an angle. */
const ONE_SHAPE = 3;

/** Whether the shape to start from is the conformer. Networks learn from larger molecules, and tear these apart. */
export const hasOneShape = (molecule: Molecule): boolean => atomCount(molecule) <= ONE_SHAPE;

/** Conformers that are made by rules to draw one of. */
const BY_RULES = 8;

/**
 * A shape to start sampling from: the one place that decides how they are made. By distance geometry; where that finds
 * none, by the rules of OpenChemLib, if it has its tables.
 * @returns ångström, [atoms · 3], right in stereo; undefined where none is found, as for an isomer that cannot exist
 */
export function startShape(molecule: Molecule, rng: Rng): Float32Array | undefined {
  const plan = plans.get(molecule) ?? embeddingPlan(molecule);
  plans.set(molecule, plan);
  return embedShape(plan, rng) ?? ruleBasedShape(molecule, rng);
}

function ruleBasedShape(molecule: Molecule, rng: Rng): Float32Array | undefined {
  const shapes = hasResources() ? ruleBasedConformers(molecule, BY_RULES, rng) : [];
  return shapes.length === 0 ? undefined : shapes[rng.integer(shapes.length)];
}
