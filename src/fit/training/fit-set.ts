import type { GeometrySet } from '../data/geometry-set.js';
import type { FitNetworkConfig, NetworkTarget } from '../network/fit-config.js';
import { shiftsOf } from '../network/fit-network.js';
import { type Rows, type SeenGeometries, seenGeometries } from '../network/seen-geometries.js';
import { targetValues } from '../target-values.js';

/** The numbers of a target less its shifts, and which rows there are. */
export interface TargetRows extends Rows {
  /** 1 where a row counts, 0 where it is missing. */
  readonly present: Uint8Array;
}

/** Geometries to learn from: as a network sees them, with its targets. */
export interface FitSet extends SeenGeometries {
  readonly targets: Readonly<Record<string, TargetRows>>;
}

/** The numbers of a target less what its shifts add, in float32, NaN as 0. */
function targetRows(set: GeometrySet, target: NetworkTarget, species: Int32Array): TargetRows {
  const { data, width, present } = targetValues(set, target);
  const shifts = shiftsOf(target, species, set.sizes);
  const rows = Float32Array.from(data, (value, k) => (present[Math.floor(k / width)] ? value - (shifts?.[k] ?? 0) : 0));
  return { ofGraphs: target.of === 'graph', width, data: rows, present };
}

/** Geometries to learn from. @throws UserError as {@link seenGeometries} */
export function fitSet(set: GeometrySet, config: FitNetworkConfig): FitSet {
  const seen = seenGeometries(set, config, 'training');
  const targets = config.targets.map((target): [string, TargetRows] => [
    target.name,
    targetRows(set, target, seen.species),
  ]);
  return { ...seen, targets: Object.fromEntries(targets) };
}
