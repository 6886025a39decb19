import { requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { Predictor } from './predictor.js';
import { place, type SystemBatch } from './system-batch.js';

/** How {@link rollOut} goes about it. */
export interface RollOutOptions {
  /** How often the network is applied. */
  readonly steps: number;
  /** Which states are kept: every so many steps, and the last one; default 1, all of them. */
  readonly every?: number;
  /** The promise is rejected with the signal's reason, between two steps. */
  readonly signal?: AbortSignal;
  /** Called after every step. */
  readonly onStep?: (step: number) => void;
}

/** Where and how fast bodies are after so many steps, in the order of the batch: rows of x, y, z. */
export interface RolledOut {
  readonly step: number;
  readonly positions: Float32Array;
  readonly velocities: Float32Array;
}

/**
 * Applies a network again and again: what it predicts is what it sees next. Charges and fields stay what they are.
 * @returns the states that are kept, in order; not the start
 * @throws UserError for a network that predicts no velocities, and at the step where numbers are no longer finite
 */
export async function rollOut(
  predictor: Pick<Predictor, 'predict'>,
  systems: SystemBatch,
  { steps, every = 1, signal, onStep }: RollOutOptions,
): Promise<RolledOut[]> {
  requirePositiveInteger(steps, 'steps');
  requirePositiveInteger(every, 'every');
  const kept: RolledOut[] = [];
  let state = systems;
  for (let step = 1; step <= steps; step++) {
    signal?.throwIfAborted();
    const { positions, velocities } = await predictor.predict(state);
    if (!velocities) throw blindToVelocities();
    requireFinite(positions, step, systems);
    requireFinite(velocities, step, systems);
    state = { ...state, positions, velocities };
    if (step % every === 0 || step === steps) kept.push({ step, positions, velocities });
    onStep?.(step);
  }
  return kept;
}

/** @throws UserError for a network that cannot go on from what it has predicted */
export function requireVelocities({ predictsVelocities }: Pick<Predictor, 'predictsVelocities'>): void {
  if (!predictsVelocities) throw blindToVelocities();
}

const blindToVelocities = (): UserError =>
  new UserError('this network predicts no velocities, so it cannot go on from what it has predicted', {
    code: 'mismatch',
    remedy: { setting: 'velocities', command: 'newton train', purpose: 'for one that does' },
  });

function requireFinite(values: Float32Array, step: number, { sizes }: SystemBatch): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new UserError(
    `step ${step}: the network predicts ${values[at]} for ${place(sizes, Math.floor(at / 3), 1)} (counted from 1); ` +
      'errors have grown from step to step, or its weights are unusable',
    { code: 'diverged', remedy: { setting: 'steps', action: 'lower' } },
  );
}
