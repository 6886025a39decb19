import { kindOfSet } from '../data/set-name.js';
import type { SystemBatch } from '../networks/system-batch.js';
import type { SystemKind } from '../system/system.js';
import { timeSpan } from './baselines.js';

/** What the weight file of a many-body network says of its training; what it does not say is undefined. */
export interface TrainedOn {
  /** Which snapshots of the trajectories went in and had to come out. */
  readonly snapshots?: { readonly input: number; readonly target: number };
  /** The time between them: how far its predictions reach ahead. */
  readonly timeSpan?: number;
  /** The number of bodies of its systems. */
  readonly bodies?: number;
  /** What moved them. */
  readonly kind?: SystemKind;
  /** The time between snapshots of trajectories of one's own, where that was known. */
  readonly spacing?: number;
  /** Of trajectories of one's own: whether the bodies had charges. Without, all are 0. */
  readonly charges?: boolean;
  /** Whether they had charges of ±1, as all published sets do. */
  readonly unitCharges: boolean;
}

/** Reads the provenance that training leaves in a weight file: the snapshots, and the published name of the set. */
export function trainedOn(provenance: Readonly<Record<string, unknown>>): TrainedOn {
  const { data } = provenance;
  const { input, target, name, spacing, charges } = (typeof data === 'object' && data !== null ? data : {}) as Record<
    string,
    unknown
  >;
  const set = typeof name === 'string' ? /^(charged|springs)(\d+)_/.exec(name) : null;
  const kind = typeof name === 'string' ? kindOfSet(name) : undefined;
  return {
    ...(typeof input === 'number' &&
      typeof target === 'number' && {
        snapshots: { input, target },
        ...(spacing !== null && { timeSpan: timeSpan({ input, target }, asNumber(spacing)) }),
      }),
    ...(typeof spacing === 'number' && { spacing }),
    ...(typeof charges === 'boolean' && { charges }),
    ...(set && { bodies: Number(set[2]) }),
    ...(kind && { kind }),
    unitCharges: set !== null,
  };
}

const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const KINDS: Readonly<Record<SystemKind, string>> = {
  charged: 'charges without an outer field',
  static: 'charges under gravity',
  dynamic: 'charges in a magnetic field',
  springs: 'bodies on springs',
};

/**
 * How systems differ from what a network has learned on: less than half or more than twice as many bodies, charges
 * that are not near ±1, other forces. One line; undefined where nothing of the sort is known.
 * @param here what moves the systems, where it is known
 */
export function unlikeTraining(
  { sizes, charges }: SystemBatch,
  { bodies, kind, unitCharges }: TrainedOn,
  here?: SystemKind,
): string | undefined {
  const parts: string[] = [];
  const odd = bodies === undefined ? undefined : sizes.find((size) => size < bodies / 2 || size > 2 * bodies);
  if (odd !== undefined) parts.push(`${bodies} bodies, here are systems of ${odd}`);
  const charge = unitCharges ? charges.find((q) => Math.abs(Math.abs(q) - 1) > 0.5) : undefined;
  if (charge !== undefined) parts.push(`charges of ±1, here are charges of ${Number(charge.toPrecision(6))}`);
  if (kind && here && kind !== here) parts.push(`${KINDS[kind]}, here are ${KINDS[here]}`);
  if (parts.length === 0) return undefined;
  return `the network was trained on ${parts.join(', and on ')}: its predictions may be far off`;
}
