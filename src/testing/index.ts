/**
 * Checks of equivariance, for tests of a network of your own.
 *
 * @module testing
 */

export { type Audit, type AuditOptions, auditNetwork, judgeNetwork, subjectsOf } from './audit.js';
export { type ContractOptions, equivarianceContract, type NamedCheck } from './contract.js';
export {
  assertEquivariant,
  type EquivarianceErrors,
  type EquivarianceOptions,
  type Judged,
  type Judgement,
  type JudgementOptions,
  judgeEquivariance,
  measureEquivariance,
  motionError,
  type Subject,
} from './equivariance.js';
export { livelyWeights } from './lively-weights.js';
export {
  type Motion,
  type MotionName,
  motionNames,
  orthogonalMotion,
  randomMotion,
  type Signature,
} from './motions.js';
