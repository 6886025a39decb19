import type { Predictor } from '../networks/predictor.js';
import type { ModelName } from '../networks/registry.js';
import type { Rng } from '../random/generator.js';
import { measureEquivariance } from './equivariance.js';
import { randomSystems } from './random-systems.js';
import { type MotionName, motionNames } from './system-motions.js';

/** The largest errors of a network under random motions, relative to the output's scale. */
export interface Audit {
  readonly errors: Readonly<Record<MotionName, number>>;
  /** The largest error but for reflections: what a network of the library must keep small. */
  readonly worst: number;
  /** Whether networks of its kind follow reflections too. */
  readonly followsReflections: boolean;
}

export interface AuditOptions {
  readonly rng: Rng;
  /** The number of random systems. */
  readonly systems: number;
  /** The number of bodies of each. */
  readonly bodies: number;
}

/**
 * What a network does with mirrored systems. EGNN and the radial field know only distances and directions, and give
 * the mirror image. ClofNet's frames have a pseudo-vector for an axis: it can tell a system from its mirror image.
 */
export const followsReflections = (model: ModelName): boolean => model === 'rf_vel' || model.startsWith('egnn');

/** Tries a network on random systems that are turned, shifted, reordered and mirrored at random. */
export async function auditNetwork(predictor: Predictor, model: ModelName, options: AuditOptions): Promise<Audit> {
  const sizes = new Array<number>(options.systems).fill(options.bodies);
  const systems = randomSystems(options.rng.fork('systems'), sizes, { fields: predictor.fields });
  const errors = await measureEquivariance((moved) => predictor.predict(moved), systems, {
    rng: options.rng.fork('motions'),
    motions: motionNames,
  });
  const worst = Math.max(errors.rotation, errors.translation, errors.permutation);
  return { errors, worst, followsReflections: followsReflections(model) };
}
