/**
 * Checks of equivariance, for tests of a network of your own.
 *
 * @module testing
 */

export {
  assertEquivariant,
  type EquivarianceErrors,
  type EquivarianceOptions,
  type Motion,
  measureEquivariance,
  motionError,
  type OutputKind,
  type Run,
} from './equivariance.js';
export { type RandomSystemOptions, randomSystems } from './random-systems.js';
export { type MotionName, motionNames, orthogonalMotion, randomMotion } from './system-motions.js';
