import { UserError } from '../../common/errors.js';
import { conventionalTargets } from '../conventional.js';
import { type GeometrySet, geometryCount } from '../data/geometry-set.js';
import { listNames } from '../data/list-names.js';
import { selectGeometries } from '../data/select-geometries.js';
import { findColumn } from '../find-column.js';
import type { NetworkTarget } from '../network/fit-config.js';
import type { FitPredictions, FitPredictor } from '../network/predictor.js';
import { widthInMemory, widthsInFiles } from '../quantity.js';
import { type TargetValues, targetValues } from '../target-values.js';
import { requireUnitOfTarget } from '../units.js';
import { type ComparedTarget, type TargetErrors, targetErrors } from './target-errors.js';

/** How well a network predicts its targets on some geometries. */
export interface FitEvaluation {
  readonly geometries: number;
  readonly atoms: number;
  /** In the order of the network's targets. */
  readonly targets: readonly TargetErrors[];
  /** How long the network took. */
  readonly seconds: number;
}

/** An evaluation with the numbers that it is of. */
export interface ComparedGeometries {
  readonly evaluation: FitEvaluation;
  readonly compared: readonly ComparedTarget[];
}

/** How {@link evaluateGeometries} works. */
export interface EvaluateOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of geometries that are done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Predicts geometries and compares the predictions with what is known of them. What a geometry lacks does not count,
 * and is counted.
 *
 * @throws UserError where the geometries have none of the targets, or one in another form or unit, and as the predictor
 * does
 */
export async function evaluateGeometries(
  predictor: FitPredictor,
  set: GeometrySet,
  options: EvaluateOptions = {},
): Promise<FitEvaluation> {
  return (await compareGeometries(predictor, set, options)).evaluation;
}

/** As {@link evaluateGeometries}, with the numbers. */
export async function compareGeometries(
  predictor: FitPredictor,
  set: GeometrySet,
  options: EvaluateOptions = {},
): Promise<ComparedGeometries> {
  const { targets } = predictor.config;
  const known = targets.map((target) => knownValues(set, target));
  if (known.every(({ present }) => !present.includes(1))) throw nothingKnown(set, targets);
  const begun = performance.now();
  const predicted = await predictInPieces(predictor, set, options);
  const seconds = (performance.now() - begun) / 1000;
  const compared = targets.map((target, k) => ({ target, values: known[k], predicted: predicted[target.name] }));
  return {
    evaluation: {
      geometries: geometryCount(set),
      atoms: set.species.length,
      targets: compared.map((one) => targetErrors(set, one)),
      seconds,
    },
    compared,
  };
}

/** What a set knows of a target: by the column that the network has learned from, or one of its other names. */
function knownValues(set: GeometrySet, target: NetworkTarget): TargetValues {
  const { name, of, column } = target;
  const others = Object.hasOwn(conventionalTargets, name) ? (conventionalTargets[name].alsoCalled ?? []) : [];
  const columns = of === 'graph' ? set.ofGraphs : set.ofNodes;
  const width = widthInMemory(target);
  const aside = set.setAside[of === 'graph' ? 'ofGraphs' : 'ofNodes'];
  // What is there and of no use is told rather than taken as missing.
  const found =
    [column, name, ...others].find((one) => columns[one]?.data.some((x) => !Number.isNaN(x))) ??
    [column, name].find((one) => Object.hasOwn(aside, one));
  if (found === undefined) {
    const rows = of === 'graph' ? geometryCount(set) : set.species.length;
    return {
      width,
      data: new Float64Array(rows * width).fill(Number.NaN),
      present: new Uint8Array(rows),
      missing: rows,
    };
  }
  requireUnitOfTarget(target, found, set.units);
  const widths = widthsInFiles(target);
  const { width: widthInFiles } = findColumn(set, { role: 'target', name, of, columns: [found], widths });
  return targetValues(set, { ...target, column: found, widthInFiles });
}

function nothingKnown(set: GeometrySet, targets: readonly NetworkTarget[]): UserError {
  const wanted = targets.map(({ name, column }) => (name === column ? name : `${name} (column ${column})`));
  const found = [...Object.keys(set.ofGraphs), ...Object.keys(set.ofNodes)];
  const has = found.length > 0 ? `they have ${listNames(found)}` : 'they have no numbers but positions';
  return new UserError(`the files have none of what the network predicts, ${wanted.join(', ')}; ${has}`, {
    code: 'mismatch',
  });
}

/** Atoms that are predicted between two looks at the signal. */
const ATOMS = 2000;

async function predictInPieces(
  predictor: FitPredictor,
  set: GeometrySet,
  { signal, onProgress }: EvaluateOptions,
): Promise<FitPredictions> {
  const count = geometryCount(set);
  const all = Object.fromEntries(
    predictor.config.targets.map((target) => {
      const rows = target.of === 'graph' ? count : set.species.length;
      return [target.name, new Float64Array(rows * widthInMemory(target))];
    }),
  );
  for (let start = 0; start < count; ) {
    signal?.throwIfAborted();
    let [end, atoms] = [start, 0];
    while (end < count && (end === start || atoms + set.sizes[end] <= ATOMS)) atoms += set.sizes[end++];
    const chosen = Int32Array.from({ length: end - start }, (_, k) => start + k);
    const found = await predictor.predict(selectGeometries(set, chosen));
    for (const target of predictor.config.targets) {
      const row = target.of === 'graph' ? start : set.first[start];
      all[target.name].set(found[target.name], row * widthInMemory(target));
    }
    onProgress?.(end);
    start = end;
  }
  return all;
}
