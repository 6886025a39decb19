import { z } from 'zod';
import { parseConfig } from '../../common/config.js';
import type { PerSplit } from '../simulation/protocol.js';
import { SYSTEM_KINDS } from '../system/kinds.js';
import { PROTOCOLS, type Simulation } from '../system/system.js';
import { namedSet } from './set-name.js';

/** What the file beside the arrays of a set says of it, where there is one. */
export interface SetDescription {
  readonly format: 'clofnet trajectories';
  readonly version: 1;
  /** Time between one snapshot and the next. */
  readonly spacing: number;
  /** How it was simulated; of sets of users' own nothing is said. */
  readonly simulation?: Simulation & { readonly seed: number; readonly trajectories: PerSplit<number> };
}

const count = z.number().int().positive();
const trajectories = z.number().int().min(0);

const schema = z.strictObject({
  format: z.literal('clofnet trajectories'),
  version: z.literal(1),
  spacing: z.number().positive(),
  simulation: z
    .strictObject({
      kind: z.enum(SYSTEM_KINDS),
      protocol: z.enum(PROTOCOLS),
      bodies: count,
      steps: count,
      sampleEvery: count,
      timeStep: z.number().positive(),
      softening: z.number().min(0),
      cutoff: z.number().positive().optional(),
      seed: trajectories,
      trajectories: z.strictObject({ train: trajectories, valid: trajectories, test: trajectories }),
    })
    .optional(),
});

/** Describes a simulated set. */
export const describeSet = (
  simulation: Simulation,
  seed: number,
  counts: PerSplit<number>,
): Required<SetDescription> => ({
  format: 'clofnet trajectories',
  version: 1,
  spacing: Number((simulation.sampleEvery * simulation.timeStep).toPrecision(12)),
  simulation: { ...simulation, seed, trajectories: { ...counts } },
});

/**
 * The time between two snapshots of a set, undefined for the published one.
 * @param otherwise where the set has no description, and no published name
 */
export const spacingOf = (
  name: string,
  description: SetDescription | undefined,
  otherwise?: number,
): number | undefined => description?.spacing ?? (namedSet(name).kind ? undefined : otherwise);

/** The description as text. */
export const formatDescription = (description: SetDescription): string => `${JSON.stringify(description, null, 2)}\n`;

/** Reads a description. @throws UserError with the place of what it may not say */
export const parseDescription = (text: string, source: string): SetDescription => parseConfig(schema, text, source);
