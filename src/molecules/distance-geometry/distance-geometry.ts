import { type MinimizeOptions, minimize, type Objective } from '../../common/minimize.js';
import type { Rng } from '../../random/generator.js';
import { geometryChecker } from '../checks/geometry-checks.js';
import { checkStereo } from '../checks/stereo-checks.js';
import { idealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { atomCount, type Molecule } from '../molecule.js';
import { type ChairRing, chairRings, chairTerms } from '../torsions/chair-rings.js';
import { addTorsions } from '../torsions/torsion-energy.js';
import { drawTorsion } from '../torsions/torsion-moves.js';
import { type Rotor, rotors } from '../torsions/torsion-preferences.js';
import { embeddingError } from './embedding-objectives.js';
import { type EmbeddingTerms, embeddingTerms } from './embedding-terms.js';
import { embedRandomDistances } from './metric-embedding.js';
import { redrawTorsions } from './random-torsions.js';
import { type Refinement, refinement } from './refinement-energy.js';

/** All that shapes of one molecule are drawn by, taken from its graph once. */
export interface EmbeddingPlan {
  readonly molecule: Molecule;
  readonly terms: EmbeddingTerms;
  readonly rotors: readonly Rotor[];
  /** Rings that are chairs, most of the time. */
  readonly chairs: readonly ChairRing[];
  /** What is minimised in four dimensions, one after the other. */
  readonly stages: readonly Objective[];
  readonly refinement: Refinement;
  /** Whether a shape has the molecule's bonds and no clashes. */
  readonly isSound: (coordinates: ArrayLike<number>) => boolean;
}

const EMBEDDING: MinimizeOptions = { maxIterations: 300, tolerance: 1e-3, maxStep: 1 };
const PRESSING: MinimizeOptions = { maxIterations: 200, tolerance: 0.3, maxStep: 0.3 };
const REFINEMENT: MinimizeOptions = { maxIterations: 200, tolerance: 0.3, maxStep: 0.3 };
/** Sets of torsions that are drawn until one is not crowded, and shapes until one is sound. */
const TORSION_DRAWS = 20;
const SHAPE_DRAWS = 8;
/** The shares of shapes whose rings of six may be boats, and whose torsions stay as they came out of the embedding. */
const [TWISTED, KEPT] = [0.2, 0.25];

export function embeddingPlan(molecule: Molecule): EmbeddingPlan {
  const geometry = idealGeometry(molecule);
  const terms = embeddingTerms(geometry);
  const check = geometryChecker(molecule);
  return {
    molecule,
    terms,
    rotors: rotors(geometry),
    chairs: chairRings(geometry),
    stages: [embeddingError(terms, 1, 0.1), embeddingError(terms, 0.2, 1)],
    refinement: refinement(terms),
    isSound: (coordinates) => check(coordinates).length === 0,
  };
}

/**
 * Draws one shape of a molecule, positions [atoms · 3] in ångström: distances at random between their bounds, embedded
 * in four dimensions (Crippen and Havel 1988), pressed into three; bonds outside of rings most often turned to torsions
 * that are usual for them; and all brought to a minimum of a rough force field. What comes out is not yet checked.
 */
export function embedOnce(plan: EmbeddingPlan, rng: Rng): Float64Array {
  const { molecule, terms, stages, refinement } = plan;
  const atoms = atomCount(molecule);
  const embedded = embedRandomDistances(terms.bounds, atoms, 4, rng);
  for (const error of stages) minimize(error, embedded, EMBEDDING);
  const flat = Float64Array.from({ length: 3 * atoms }, (_, k) => embedded[4 * Math.floor(k / 3) + (k % 3)]);
  if (rng.uniform() > TWISTED) pressIntoChairs(plan, flat, rng);
  const positions = rng.uniform() < KEPT ? flat : withUsualTorsions(plan, flat, rng);
  minimize(refinement.energy, positions, REFINEMENT);
  return positions;
}

function withUsualTorsions({ rotors, refinement }: EmbeddingPlan, positions: Float64Array, rng: Rng): Float64Array {
  return redrawTorsions(positions, {
    rotors,
    crowding: refinement.crowding,
    angle: ({ preference }) => drawTorsion(preference, rng),
    attempts: TORSION_DRAWS,
  });
}

/** Turns boats and what is between into chairs, as far as the rest allows it. */
function pressIntoChairs({ chairs, refinement }: EmbeddingPlan, positions: Float64Array, rng: Rng): void {
  if (chairs.length === 0) return;
  const terms = chairTerms(chairs, positions, rng);
  const energy: Objective = (x, gradient) => refinement.energy(x, gradient) + addTorsions(terms, x, gradient);
  minimize(energy, positions, PRESSING);
}

/**
 * Draws shapes until one has the stereo of the molecule, sound bonds and no clashes.
 * @returns ångström, [atoms · 3]; one with flaws but the right stereo where there is none better; undefined where none
 * has that, as for an isomer that cannot exist
 */
export function embedShape(plan: EmbeddingPlan, rng: Rng): Float32Array | undefined {
  let flawed: Float32Array | undefined;
  for (let draw = 0; draw < SHAPE_DRAWS; draw++) {
    const shape = Float32Array.from(embedOnce(plan, rng));
    if (!shape.every(Number.isFinite) || checkStereo(plan.molecule, shape).length > 0) continue;
    if (plan.isSound(shape)) return shape;
    flawed ??= shape;
  }
  return flawed;
}
