import { type NamedSet, namedSet } from '../data/set-name.js';
import type { SystemBatch } from '../networks/system-batch.js';
import { kindNamed } from '../system/kinds.js';
import { timeSpan } from './baselines.js';

/** What is known of systems that a network sees. */
export interface SystemFacts extends Pick<NamedSet, 'kind' | 'cutoff'> {
  /** How far ahead predictions have to reach. */
  readonly timeSpan?: number;
}

/** What the weight file of a many-body network says of its training; what it does not say is undefined. */
export interface TrainedOn extends SystemFacts {
  /** Which snapshots of the trajectories went in and had to come out. */
  readonly snapshots?: { readonly input: number; readonly target: number };
  /** The time between two snapshots, where it is not the published one. */
  readonly spacing?: number;
  /** The number of bodies of its systems. */
  readonly bodies?: number;
  /** Of trajectories of one's own: whether the bodies had charges. Without, all are 0. */
  readonly charges?: boolean;
  /** Whether they had charges of ±1, as all published sets do. */
  readonly unitCharges: boolean;
}

/** Reads the provenance that training leaves in a weight file: the snapshots, and the published name of the set. */
export function trainedOn(provenance: Readonly<Record<string, unknown>>): TrainedOn {
  const data = (typeof provenance.data === 'object' ? provenance.data : null) ?? {};
  const { input, target, name, spacing: given, charges } = data as Record<string, unknown>;
  const set = typeof name === 'string' ? namedSet(name) : {};
  const spacing = typeof given === 'number' ? { spacing: given } : {};
  return {
    ...set,
    ...spacing,
    ...(typeof input === 'number' &&
      typeof target === 'number' && {
        snapshots: { input, target },
        // null: trajectories of one's own, whose times nobody knew.
        ...(given !== null && { timeSpan: timeSpan({ input, target, ...spacing }) }),
      }),
    ...(typeof charges === 'boolean' && { charges }),
    unitCharges: set.bodies !== undefined && kindNamed(set.kind ?? 'charged').unitCharges,
  };
}

/**
 * How systems differ from what a network has learned on: less than half or more than twice as many bodies, charges
 * that are not near ±1, other forces, another time span. One line; undefined where nothing of the sort is known.
 * @param here what is known of the systems
 */
export function unlikeTraining(
  { sizes, charges }: SystemBatch,
  { bodies, kind, cutoff, timeSpan: span, unitCharges }: TrainedOn,
  here: SystemFacts = {},
): string | undefined {
  const parts: string[] = [];
  const odd = bodies === undefined ? undefined : sizes.find((size) => size < bodies / 2 || size > 2 * bodies);
  if (odd !== undefined) parts.push(`${bodies} bodies, here are systems of ${odd}`);
  const charge = unitCharges ? charges.find((q) => Math.abs(Math.abs(q) - 1) > 0.5) : undefined;
  if (charge !== undefined) parts.push(`charges of ±1, here are charges of ${short(charge)}`);
  const [there, now] = [inWords({ kind, cutoff }), inWords(here)];
  if (there && now && there !== now) parts.push(`${there}, here are ${now}`);
  if (span && here.timeSpan && Math.abs(span / here.timeSpan - 1) > 1e-6)
    parts.push(`a time span of ${short(span)}, here it is ${short(here.timeSpan)}`);
  if (parts.length === 0) return undefined;
  return `the network was trained on ${parts.join(', and on ')}: its predictions may be far off`;
}

const short = (x: number): number => Number(x.toPrecision(6));

function inWords({ kind, cutoff }: SystemFacts): string | undefined {
  if (kind === undefined) return undefined;
  return `${kindNamed(kind).title}${cutoff === undefined ? '' : ` with forces up to a distance of ${cutoff}`}`;
}
