import { atomicWeight } from '../../molecules/atomic-weights.js';
import { type GeometrySet, geometryCount } from '../data/geometry-set.js';
import { energyScale, rootMeanSquare, standardDeviation } from '../energy-scale.js';
import { givenShifts, leastSquaresShifts } from '../energy-shifts.js';
import type { NetworkTarget } from '../network/fit-config.js';
import { shiftsOf } from '../network/fit-network.js';
import type { ResolvedTarget } from '../quantity.js';
import { targetValues } from '../target-values.js';

/** Shifts by the names of species, of some targets. */
export type GivenShifts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The targets with the numbers that training geometries give: shifts of scalars by species, and scales.
 *
 * A sum over atoms has the shifts of least squares, any other scalar the mean; what is left has the scale: of what has a
 * gradient that of its gradient, so that both are learned in the same numbers.
 * @param train geometries to learn from
 * @param given shifts that are not to be found
 */
export function normalizedTargets(
  targets: readonly ResolvedTarget[],
  train: GeometrySet,
  given: GivenShifts = {},
): NetworkTarget[] {
  const own = targets
    .filter(({ gradientOf }) => gradientOf === undefined)
    .map((target): NetworkTarget => {
      const shifts = target.order === 0 ? shiftsBySpecies(target, train, given[target.name]) : undefined;
      const shifted = { ...target, ...(shifts && { shifts: Array.from(shifts) }), scale: 1 };
      const gradient = targets.find(({ gradientOf }) => gradientOf === target.name);
      return { ...shifted, scale: scaleOf(shifted, train, gradient) };
    });
  return targets.map((target): NetworkTarget => {
    const found = own.find(({ name }) => name === (target.gradientOf ?? target.name));
    return target.gradientOf === undefined ? (found as NetworkTarget) : { ...target, scale: found?.scale ?? 1 };
  });
}

function shiftsBySpecies(
  target: ResolvedTarget,
  train: GeometrySet,
  given?: Readonly<Record<string, number>>,
): Float64Array {
  if (given) return givenShifts(given, train.speciesNames);
  const { data } = targetValues(train, target);
  if (target.of === 'graph' && target.extensive) return leastSquaresShifts(train, data);
  if (target.of === 'graph') return new Float64Array(train.speciesNames.length).fill(meanOf(data));
  return Float64Array.from(train.speciesNames, (_, kind) =>
    meanOf(data.filter((_value, row) => train.species[row] === kind)),
  );
}

/** NaN does not count; 0 of no numbers. */
function meanOf(values: Float64Array): number {
  const there = values.filter((value) => !Number.isNaN(value));
  return there.length === 0 ? 0 : there.reduce((sum, value) => sum + value, 0) / there.length;
}

/** What is left of a target without its shifts; NaN where it is missing. */
export function withoutShifts(target: NetworkTarget, set: GeometrySet, species = set.species): Float64Array {
  const { data } = targetValues(set, target);
  const shifts = shiftsOf(target, species, set.sizes);
  return shifts ? data.map((value, k) => value - shifts[k]) : data;
}

/** By what the numbers of the network are multiplied; above 0. */
function scaleOf(target: NetworkTarget, train: GeometrySet, gradient: ResolvedTarget | undefined): number {
  const left = withoutShifts(target, train);
  if (target.of === 'graph' && target.order === 0 && target.extensive)
    return energyScale(train, left, gradient && targetValues(train, gradient).data).scale;
  const size = rootMeanSquare(left);
  const atoms = train.species.length / geometryCount(train);
  const ofAtom = target.of === 'graph' && target.extensive ? size / Math.sqrt(atoms) : size;
  return ofAtom > 0 && Number.isFinite(ofAtom) ? ofAtom : 1;
}

/** What an energy whose gradient is learned too counts beside it: what forces say of it, they say of every atom. */
const BESIDE_GRADIENT = 0.05;

/**
 * What the mean squared error of each target is multiplied by: one over the square of its spread in the training
 * geometries, times what the configuration says it counts.
 */
export function errorWeights(
  targets: readonly NetworkTarget[],
  train: GeometrySet,
  counts: Readonly<Record<string, number>>,
): Record<string, number> {
  const weights = targets.map((target): [string, number] => {
    const { name, gradientOf, scale } = target;
    const gradient = targets.find((other) => other.gradientOf === name);
    const joint = gradientOf !== undefined || gradient !== undefined;
    const spread = joint ? scale : standardDeviation(withoutShifts(target, train));
    const usual = gradient ? BESIDE_GRADIENT : 1;
    return [name, (counts[name] ?? usual) / (spread > 0 && Number.isFinite(spread) ? spread : 1) ** 2];
  });
  return Object.fromEntries(weights);
}

/** The masses of species, where all are elements. */
export function massesOfSpecies(species: readonly string[]): number[] | undefined {
  const masses = species.map(atomicWeight);
  return masses.every((mass) => mass !== undefined) ? masses : undefined;
}
