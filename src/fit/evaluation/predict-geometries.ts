import { UserError } from '../../common/errors.js';
import { errorAt, type Geometry, type GeometryNumbers } from '../data/geometry.js';
import { geometrySet } from '../data/geometry-builder.js';
import type { FitNetworkConfig, NetworkTarget } from '../network/fit-config.js';
import type { FitPredictions, FitPredictor } from '../network/predictor.js';
import { widthInMemory, widthsInFiles } from '../quantity.js';
import { valuesForFiles } from '../target-values.js';
import { requireUnitOfTarget } from '../units.js';

/** How {@link predictGeometries} works. */
export interface PredictGeometriesOptions {
  /**
   * Stands before the names of all that is predicted. Default: nothing; where the first geometries have a column of one
   * of the names already, `predicted_` before that name.
   */
  readonly prefix?: string;
  /** Geometries are predicted together up to so many atoms. Default 2000. */
  readonly atoms?: number;
  readonly signal?: AbortSignal;
}

/** What stands before the name of a prediction where the name is taken. */
const PREFIX = 'predicted_';

/**
 * Geometries with what a network predicts of them beside all that they have, one after the other: of a stream of any
 * length no more than a few are held at a time.
 *
 * Symmetric tensors have six numbers, xx xy xz yy yz zz, or nine where the network has learned from nine. An older
 * prediction under the same name is replaced.
 * @throws UserError for species that the network has not learned, inputs that are missing, known numbers in another unit, and a geometry that has a
 * column of a name that predictions stand under, where those before had none
 */
export async function* predictGeometries(
  predictor: FitPredictor,
  geometries: AsyncIterable<Geometry> | Iterable<Geometry>,
  { prefix, atoms = 2000, signal }: PredictGeometriesOptions = {},
): AsyncGenerator<Geometry> {
  let names: ReadonlyMap<string, string> | undefined;
  for await (const batch of batches(geometries, atoms)) {
    signal?.throwIfAborted();
    names ??= namesOf(predictor.config, batch, prefix);
    for (const geometry of batch) {
      requireFree(geometry, predictor.config.targets, names, prefix);
      requireUnits(geometry, predictor.config.targets);
    }
    const predicted = await predictor.predict(geometrySet(batch.map((one) => seenOf(one, predictor.config))));
    yield* withPredictions(batch, predicted, predictor.config.targets, names);
  }
}

/** Geometries in runs of at most so many atoms, or one that has more. */
async function* batches(
  geometries: AsyncIterable<Geometry> | Iterable<Geometry>,
  most: number,
): AsyncGenerator<Geometry[]> {
  let [batch, atoms]: [Geometry[], number] = [[], 0];
  for await (const geometry of geometries) {
    if (batch.length > 0 && atoms + geometry.species.length > most) {
      yield batch;
      [batch, atoms] = [[], 0];
    }
    batch.push(geometry);
    atoms += geometry.species.length;
  }
  if (batch.length > 0) yield batch;
}

/** What a network looks at; whatever else a geometry has need not be sound. */
function seenOf(
  { species, positions, cell, periodic, ofNodes, ofGraphs, source }: Geometry,
  { inputs }: FitNetworkConfig,
) {
  const only = <T>(of: 'node' | 'graph', all: Readonly<Record<string, T>> = {}): Record<string, T> =>
    Object.fromEntries(
      Object.entries(all).filter(([name]) => inputs.some((one) => one.of === of && one.column === name)),
    );
  return {
    species,
    positions,
    cell,
    periodic,
    ofNodes: only('node', ofNodes),
    ofGraphs: only('graph', ofGraphs),
    source,
  };
}

const columnsOf = ({ ofNodes = {}, ofGraphs = {}, texts = {} }: Geometry, of: 'node' | 'graph'): readonly string[] =>
  of === 'node' ? Object.keys(ofNodes) : [...Object.keys(ofGraphs), ...Object.keys(texts)];

/** Under which name each target is written. */
function namesOf({ targets }: FitNetworkConfig, batch: readonly Geometry[], prefix?: string): Map<string, string> {
  return new Map(
    targets.map(({ name, of }) => {
      const isTaken = batch.some((geometry) => columnsOf(geometry, of).includes(name));
      return [name, `${prefix ?? (isTaken ? PREFIX : '')}${name}`];
    }),
  );
}

/** Known numbers and predictions would stand side by side in different units. */
function requireUnits(geometry: Geometry, targets: readonly NetworkTarget[]): void {
  const { units = {}, source } = geometry;
  for (const target of targets)
    for (const column of new Set([target.name, target.column]))
      if (columnsOf(geometry, target.of).includes(column)) requireUnitOfTarget(target, column, units, source);
}

/** A column would be the files' in some geometries and predicted in others. */
function requireFree(
  geometry: Geometry,
  targets: readonly NetworkTarget[],
  names: ReadonlyMap<string, string>,
  prefix?: string,
): void {
  if (prefix !== undefined && prefix !== '') return;
  for (const { name, of } of targets) {
    if (names.get(name) !== name || !columnsOf(geometry, of).includes(name)) continue;
    const { problem, details } = errorAt(
      geometry.source,
      `the geometry has ${name}, a name that predictions stand under${prefix === '' ? '' : ', as those before it have none'}`,
    );
    throw new UserError(problem, { ...details, remedy: { setting: 'prefix', value: PREFIX } });
  }
}

function* withPredictions(
  batch: readonly Geometry[],
  predicted: FitPredictions,
  targets: readonly NetworkTarget[],
  names: ReadonlyMap<string, string>,
): Generator<Geometry> {
  const columns = targets.map((target) => {
    const data = valuesForFiles(target, predicted[target.name]);
    const width = widthInMemory(target) === 6 ? target.widthInFiles : widthsInFiles(target)[0];
    return { of: target.of, name: names.get(target.name) ?? target.name, width, data };
  });
  let first = 0;
  for (const [k, geometry] of batch.entries()) {
    const atoms = geometry.species.length;
    const ofNodes: Record<string, GeometryNumbers> = { ...geometry.ofNodes };
    const ofGraphs: Record<string, ArrayLike<number>> = { ...geometry.ofGraphs };
    for (const { of, name, width, data } of columns) {
      if (of === 'graph') ofGraphs[name] = data.subarray(k * width, (k + 1) * width);
      else ofNodes[name] = { width, data: data.subarray(first * width, (first + atoms) * width) };
    }
    first += atoms;
    yield { ...geometry, ofNodes, ofGraphs };
  }
}
