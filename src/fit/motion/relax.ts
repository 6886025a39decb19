import { requireNonNegativeInteger, requirePositive } from '../../common/checks.js';
import { type DescentStep, descend } from '../../common/minimize.js';
import { Turns } from '../../common/turns.js';
import { evaluateAt, evaluateSoundly } from './evaluate-soundly.js';
import type { EnergyAndForces, Potential } from './potential.js';
import { fromAngstrom, fromElectronVoltPerAngstrom } from './units.js';

/** Where a relaxation is. */
export interface RelaxationStep extends EnergyAndForces {
  /** 0 is the start. */
  readonly step: number;
  /** [atoms, 3], a copy. */
  readonly positions: Float64Array;
  /** The length of the largest force on an atom. */
  readonly maxForce: number;
}

/** Where a relaxation came to its end. */
export interface Relaxation extends RelaxationStep {
  /** Whether the largest force fell to what was asked for. */
  readonly converged: boolean;
  /** How often the potential was evaluated. */
  readonly evaluations: number;
}

/** How {@link relax} moves, and when it ends. */
export interface RelaxOptions {
  /** The end: no force on an atom is larger. Default 0.05 eV/Å, in the potential's units. */
  readonly maxForce?: number;
  /** Default 500. */
  readonly maxSteps?: number;
  /** No coordinate moves farther in one step. Default 0.2 Å, in the potential's unit. */
  readonly maxMove?: number;
  /** Of atoms, for messages: their symbols. */
  readonly species?: readonly string[];
  /** Called at the start and after every step; the next one waits for it. */
  readonly onStep?: (step: RelaxationStep) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Energies of networks are sums in float32; differences below this share of them say nothing. */
const ROUNDING = 2 ** -22;

/**
 * Moves atoms to a minimum of their energy nearby, by limited-memory BFGS with steps of limited length. Where energies
 * no longer tell one step from another, as rounded ones of a network do, the forces do.
 *
 * @param positions [atoms, 3]; they stay as they are
 * @returns the end; `converged` is false where the steps did not suffice, or no step led further down
 * @throws UserError where the energy or a force at the start is no number, and where atoms come to a place of which the
 * potential has no energy, as to one place; the signal's reason
 */
export async function relax(
  potential: Potential,
  positions: Float64Array,
  options: RelaxOptions = {},
): Promise<Relaxation> {
  const { units } = potential;
  const maxForce = requirePositive(options.maxForce ?? fromElectronVoltPerAngstrom(0.05, units), 'maxForce');
  const maxStep = requirePositive(options.maxMove ?? fromAngstrom(0.2, units), 'maxMove');
  const maxIterations = requireNonNegativeInteger(options.maxSteps ?? 500, 'maxSteps');
  const isFlat = (gradient: Float64Array): boolean => largestLength(gradient) <= maxForce;
  const steps: DescentStep[] = [];
  const onStep = (step: DescentStep): void => void steps.push(step);
  const descent = descend(positions.slice(), { maxIterations, maxStep, isFlat, rounding: ROUNDING, onStep });
  const turns = new Turns();
  let evaluations = 0;
  let last: RelaxationStep | undefined;
  let next = descent.next();
  while (!next.done) {
    options.signal?.throwIfAborted();
    const { x, gradient } = next.value;
    const found = await (last
      ? evaluateAt(potential, x, `after step ${last.step}`)
      : evaluateSoundly(potential, x, options.species));
    evaluations++;
    for (let k = 0; k < x.length; k++) gradient[k] = -found.forces[k];
    next = descent.next(isSound(found) ? found.energy : Number.POSITIVE_INFINITY);
    for (const step of steps.splice(0)) {
      last = relaxationStep(step, last === undefined ? 0 : last.step + 1);
      await options.onStep?.(last);
    }
    await turns.pause(options.signal);
  }
  if (last === undefined) throw new Error('a relaxation without a start');
  return { ...last, converged: next.value.converged, evaluations };
}

const isSound = ({ energy, forces }: EnergyAndForces): boolean =>
  Number.isFinite(energy) && forces.every(Number.isFinite);

function relaxationStep({ value, x, gradient }: DescentStep, step: number): RelaxationStep {
  const forces = gradient.map((slope) => -slope);
  return { step, positions: x.slice(), energy: value, forces, maxForce: largestLength(forces) };
}

/** The length of the longest row of [rows, 3]. */
export function largestLength(rows: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < rows.length; k += 3) largest = Math.max(largest, Math.hypot(rows[k], rows[k + 1], rows[k + 2]));
  return largest;
}
