import { requireOneOf, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import { kindNamed, SYSTEM_KINDS, type SystemKind } from './kinds.js';
import type { Laws } from './system-kind.js';

/**
 * How random numbers are drawn, and how far forces are softened.
 * - `clofnet`: Du et al. 2022 (arXiv 2110.14811): a seed of its own for every trajectory; r² + 1e-6.
 * - `egnn`: Satorras et al. 2021 (arXiv 2102.09844): one stream for all of them; r² alone.
 */
export const PROTOCOLS = ['clofnet', 'egnn'] as const;
/** Whose published data set a simulation follows. */
export type Protocol = (typeof PROTOCOLS)[number];

/** A many-body simulation. Units are arbitrary: charge, mass and the constants of the forces are 1. */
export interface Simulation extends Laws {
  readonly kind: SystemKind;
  readonly protocol: Protocol;
  /** Number of time steps; the last step to be stored is the last multiple of `sampleEvery` below it. */
  readonly steps: number;
  /** Steps between two stored snapshots. */
  readonly sampleEvery: number;
}

/** The published lengths: 5,000 steps of {@link TIME_STEP}, of which every hundredth is stored. */
const PUBLISHED_LENGTH = { steps: 5000, sampleEvery: 100 } as const;

/** Length of a published time step. */
export const TIME_STEP = 1e-3;

/** The time between two published snapshots. */
export const PUBLISHED_SPACING = PUBLISHED_LENGTH.sampleEvery * TIME_STEP;

/** The published softening of forces between charges. */
const SOFTENING: Readonly<Record<Protocol, number>> = { clofnet: 1e-6, egnn: 0 };

/** Number of stored snapshots: snapshot k is step `sampleEvery` · (k + 1), and step `steps` itself is not reached. */
export function snapshotCount(simulation: Pick<Simulation, 'steps' | 'sampleEvery'>): number {
  return Math.max(0, Math.ceil(simulation.steps / simulation.sampleEvery) - 1);
}

/**
 * Fills in the published lengths and laws, and checks the rest.
 *
 * @throws UserError for counts that are not positive integers or leave no snapshot, for lengths that are not positive,
 * and a cutoff where the kind of system has none
 */
export function defineSimulation(
  parts: Pick<Simulation, 'kind' | 'protocol' | 'bodies'> & Partial<Simulation>,
): Simulation {
  const kind = kindNamed(requireOneOf(parts.kind, SYSTEM_KINDS, 'the system'));
  const protocol = requireOneOf(parts.protocol, PROTOCOLS, 'the protocol');
  const { bodies, steps = PUBLISHED_LENGTH.steps, sampleEvery = PUBLISHED_LENGTH.sampleEvery } = parts;
  const { timeStep = TIME_STEP, softening = kind.softening ?? SOFTENING[protocol], cutoff } = parts;
  requirePositiveInteger(bodies, 'the number of bodies');
  requirePositiveInteger(steps, 'the number of steps');
  requirePositiveInteger(sampleEvery, 'the number of steps between snapshots');
  requirePositive(timeStep, 'the time step');
  requireNonNegative(softening);
  if (cutoff !== undefined) requirePositive(cutoff, 'the cutoff');
  if (cutoff !== undefined && !kind.hasCutoff)
    throw new UserError(`forces between ${kind.title} have no cutoff`, {
      remedy: { setting: 'cutoff', action: 'omit' },
    });
  const simulation = { kind: kind.name, protocol, bodies, steps, sampleEvery, timeStep, softening };
  if (snapshotCount(simulation) < 1) {
    throw new UserError(
      `${steps} steps stored every ${sampleEvery} give no snapshot; take more than ${sampleEvery} steps`,
    );
  }
  return cutoff === undefined ? simulation : { ...simulation, cutoff };
}

function requireNonNegative(softening: number): void {
  if (!(softening >= 0 && Number.isFinite(softening)))
    throw new UserError(`the softening must be a number of at least 0, not ${softening}`);
}
