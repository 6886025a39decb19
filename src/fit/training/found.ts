import { z } from 'zod';
import { ownEncoderOptions } from '../../networks/encoders.js';
import { type GeometrySet, geometryCount } from '../data/geometry-set.js';
import { selectGeometries } from '../data/select-geometries.js';
import { type GeometrySplit, PARTS, type Part, type SplitDescription } from '../data/split.js';
import type { FitNetworkConfig } from '../network/fit-config.js';
import type { ResolvedInput, ResolvedTarget } from '../quantity.js';
import { resolveInputs } from '../resolve-inputs.js';
import { resolveTargets } from '../resolve-targets.js';
import { sayMissing, targetValues } from '../target-values.js';
import { type FitConfig, fitConfigSchema } from './config.js';
import { type FitSet, fitSet } from './fit-set.js';
import { errorWeights, massesOfSpecies, normalizedTargets } from './normalize.js';

/** What a run has found in its data, and keeps. */
export interface Found extends Pick<FitNetworkConfig, 'species' | 'targets' | 'inputs' | 'masses'> {
  /** What the mean squared error of each target is multiplied by. */
  readonly weights: Readonly<Record<string, number>>;
  readonly split: SplitDescription;
}

/** The configuration of a run as it is stored: with what was found in the data, once they are read. */
export const fitRunSchema = fitConfigSchema.extend({
  found: z.custom<Found>((value) => typeof value === 'object' && value !== null).optional(),
});

/** The configuration of a run, with what was found in the data. */
export type FitRunConfig = FitConfig & { readonly found?: Found };

/** The sets of a run. */
export type FitSets = Readonly<Partial<Record<Part, FitSet>>> & Readonly<Record<'train' | 'valid', FitSet>>;

/** What a run learns from, and what was found in it. */
export interface FoundData {
  readonly config: FitRunConfig;
  readonly sets: FitSets;
  /** For people: numbers of geometries, missing targets. */
  readonly notes: readonly string[];
}

/** A network's description out of a configuration and what was found. */
export function networkConfigOf({ model, data, found }: FitRunConfig): FitNetworkConfig {
  if (!found) throw new Error('what a network is depends on the data, which were not read');
  const { encoder, ...options } = model;
  const { species, targets, inputs, masses } = found;
  const own = ownEncoderOptions(encoder, options);
  return { model: encoder, encoder: own, species, length: data.length, targets, inputs, ...(masses && { masses }) };
}

/**
 * What a run learns from: targets and inputs resolved, shifts and scales out of the training geometries.
 * @throws UserError for targets and inputs that are not there, and geometries that no network sees
 */
export function findInData(given: FitRunConfig, all: GeometrySet, split: GeometrySplit): FoundData {
  const { data } = given;
  const targets = resolveTargets(data.targets, all, { length: data.length });
  const inputs = resolveInputs(data.inputs, all, targets);
  const parts = new Map(PARTS.map((part) => [part, selectGeometries(all, split[part])]));
  const train = parts.get('train') as GeometrySet;
  const normalized = normalizedTargets(targets, train, data.shifts);
  const masses = massesOfSpecies(all.speciesNames);
  const found: Found = {
    species: all.speciesNames,
    targets: normalized,
    inputs,
    ...(masses && { masses }),
    weights: errorWeights(normalized, train, data.weights),
    split: split.description,
  };
  const config = { ...given, found };
  const network = networkConfigOf(config);
  const sets = Object.fromEntries(
    [...parts].filter(([, set]) => geometryCount(set) > 0).map(([part, set]) => [part, fitSet(set, network)]),
  ) as FitSets;
  const notes = [...notesOn(parts, targets, inputs), ...assumedUnits(targets, data.targets, all)];
  return { config, sets, notes };
}

/** Units that neither the files nor the configuration say; those of gradients follow from what they are of. */
function assumedUnits(
  targets: readonly ResolvedTarget[],
  declared: FitConfig['data']['targets'],
  { units }: GeometrySet,
): string[] {
  const assumed = targets.filter(
    ({ name, column, gradientOf }) =>
      declared[name].unit === undefined && gradientOf === undefined && !Object.hasOwn(units, column),
  );
  if (assumed.length === 0) return [];
  const [names, taken] = [assumed.map(({ name }) => name), assumed.map(({ unit }) => unit)];
  return [`no unit of ${names.join(', ')} in the files; taken as ${taken.join(', ')}`];
}

function notesOn(
  parts: ReadonlyMap<Part, GeometrySet>,
  targets: readonly ResolvedTarget[],
  inputs: readonly ResolvedInput[],
): string[] {
  const counts = [...parts].map(([part, set]) => `${geometryCount(set)} ${part}`).join(', ');
  const named = targets.map(({ name, unit }) => `${name} (${unit})`).join(', ');
  const seen = inputs.length > 0 ? `; sees ${inputs.map(({ name }) => name).join(', ')}` : '';
  const missing = [...parts].flatMap(([part, set]) =>
    targets.flatMap((target) => {
      const values = targetValues(set, target);
      return values.missing > 0 ? [`${part}: ${sayMissing(set, target, values)}`] : [];
    }),
  );
  return [`${counts} geometries; learns ${named}${seen}`, ...missing];
}
