import { requireOneOf, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';

/**
 * What moves the bodies.
 * - `charged`: Coulomb forces alone (ES);
 * - `static`: the same under constant gravity (G+ES);
 * - `dynamic`: the same in a constant magnetic field (L+ES);
 * - `springs`: every pair is joined by a spring with probability ½ (Kipf et al. 2018, arXiv 1802.04687, section 5.1).
 */
export const SYSTEM_KINDS = ['charged', 'static', 'dynamic', 'springs'] as const;
/** What acts on the bodies. */
export type SystemKind = (typeof SYSTEM_KINDS)[number];

/**
 * How random numbers are drawn, and how far forces are softened.
 * - `clofnet`: Du et al. 2022 (arXiv 2110.14811): a seed of its own for every trajectory; r² + 1e-6.
 * - `egnn`: Satorras et al. 2021 (arXiv 2102.09844): one stream for all of them; r² alone.
 */
export const PROTOCOLS = ['clofnet', 'egnn'] as const;
/** Whose published data set a simulation follows. */
export type Protocol = (typeof PROTOCOLS)[number];

/** A many-body simulation. Units are arbitrary: charge, mass and the constants of the forces are 1. */
export interface Simulation {
  readonly kind: SystemKind;
  readonly protocol: Protocol;
  /** Number of bodies, at least 1. */
  readonly bodies: number;
  /** Number of time steps; the last step to be stored is the last multiple of `sampleEvery` below it. */
  readonly steps: number;
  /** Steps between two stored snapshots. */
  readonly sampleEvery: number;
}

/** The published lengths: 5,000 steps of {@link TIME_STEP}, of which every hundredth is stored. */
export const PUBLISHED_LENGTH = { steps: 5000, sampleEvery: 100 } as const;

/** Length of a time step. */
export const TIME_STEP = 1e-3;
/** No component of a force gets larger than this. */
export const FORCE_LIMIT = 0.1 / TIME_STEP;
/** G+ES: the constant force on every body. */
export const GRAVITY: readonly [number, number, number] = [0, 0, 0.098];
/** L+ES: the magnetic field B of the force q v × B. */
export const MAGNETIC_FIELD: readonly [number, number, number] = [0.5, 0.5, 0.5];
/** Springs pull with this times the distance. */
export const SPRING_STRENGTH = 0.1;

/** What is added to every squared distance before its power is taken. */
export function softening(protocol: Protocol): number {
  return protocol === 'clofnet' ? 1e-6 : 0;
}

/** Number of stored snapshots: snapshot k is step `sampleEvery` · (k + 1), and step `steps` itself is not reached. */
export function snapshotCount(simulation: Pick<Simulation, 'steps' | 'sampleEvery'>): number {
  return Math.max(0, Math.ceil(simulation.steps / simulation.sampleEvery) - 1);
}

/**
 * Fills in the published length and checks the rest.
 *
 * @throws UserError for counts that are not positive integers or leave no snapshot.
 */
export function defineSimulation(
  parts: Pick<Simulation, 'kind' | 'protocol' | 'bodies'> & Partial<Simulation>,
): Simulation {
  const { kind, protocol, bodies, steps = PUBLISHED_LENGTH.steps, sampleEvery = PUBLISHED_LENGTH.sampleEvery } = parts;
  const simulation = { kind, protocol, bodies, steps, sampleEvery };
  requireOneOf(simulation.kind, SYSTEM_KINDS, 'the system');
  requireOneOf(simulation.protocol, PROTOCOLS, 'the protocol');
  requirePositiveInteger(simulation.bodies, 'the number of bodies');
  requirePositiveInteger(simulation.steps, 'the number of steps');
  requirePositiveInteger(simulation.sampleEvery, 'the number of steps between snapshots');
  if (snapshotCount(simulation) < 1) {
    throw new UserError(
      `${simulation.steps} steps stored every ${simulation.sampleEvery} give no snapshot; ` +
        `take more than ${simulation.sampleEvery} steps`,
    );
  }
  return simulation;
}
