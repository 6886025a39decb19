import { UserError } from '../../common/errors.js';
import { neighbours } from '../../graphs/index.js';
import { type GeometrySet, geometryCount, sayWhere } from '../data/geometry-set.js';
import { inputValues } from '../resolve-inputs.js';
import type { FitNetworkConfig } from './fit-config.js';
import { type Purpose, requireApart, requireMoments, requireNeighbours } from './require-sound.js';

/** Numbers of every row, [rows, width]; `ofGraphs` says whether rows are geometries or atoms. */
export interface Rows {
  readonly ofGraphs: boolean;
  readonly width: number;
  readonly data: Float32Array;
}

/** Edges of all geometries, one after the other; atoms are numbered within each. */
export interface EdgeRows {
  /** The first edge of each geometry and, behind them, the number of edges. */
  readonly first: Int32Array;
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  /** [edges, 3]; none where no geometry has a cell. */
  readonly shifts?: Float32Array;
}

/** Geometries as a network sees them: plain data, which threads share. */
export interface SeenGeometries {
  readonly sizes: Int32Array;
  readonly first: Int32Array;
  /** Places in the network's list of species, [atoms]. */
  readonly species: Int32Array;
  /** From the middle of each geometry, [atoms, 3]. */
  readonly positions: Float32Array;
  readonly edges: EdgeRows;
  readonly inputs: Readonly<Record<string, Rows>>;
}

/** The numbers of species that a network has, for those of a set. @throws UserError for a species it has not learned */
function speciesOf(set: GeometrySet, known: readonly string[]): Int32Array {
  const places = set.speciesNames.map((name) => known.indexOf(name));
  const strange = set.species.findIndex((kind) => places[kind] < 0);
  if (strange < 0) return set.species.map((kind) => places[kind]);
  const geometry = set.first.findLastIndex((row) => row <= strange);
  throw new UserError(
    `${sayWhere(set.sources[geometry])}: atom ${strange - set.first[geometry] + 1} is ${set.speciesNames[set.species[strange]]}, ` +
      `which the network has not learned; it knows ${known.join(', ')}`,
    { code: 'mismatch', file: set.sources[geometry].file, atom: strange - set.first[geometry] + 1 },
  );
}

/** Positions from the middle of each geometry: float32 then has digits for what the network looks at. */
function centredPositions({ sizes, first, positions }: GeometrySet): Float32Array {
  const centred = new Float32Array(positions.length);
  sizes.forEach((size, k) => {
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (let row = first[k]; row < first[k] + size; row++) sum += positions[3 * row + axis];
      for (let row = first[k]; row < first[k] + size; row++)
        centred[3 * row + axis] = positions[3 * row + axis] - sum / size;
    }
  });
  return centred;
}

/**
 * Who sees whom in every geometry.
 * @throws UserError, naming the geometry and the atoms, where two are at one place, or one of several has no neighbour;
 * and for cells that no list of neighbours can be made of
 */
function edgesOf(set: GeometrySet, cutoff: number, purpose: Purpose): EdgeRows {
  const found = Array.from({ length: geometryCount(set) }, (_, k) => {
    const { first, sizes, positions, cells, periodic } = set;
    const isPeriodic = periodic?.subarray(3 * k, 3 * k + 3);
    const cell = cells && isPeriodic?.some(Boolean) ? cells.subarray(9 * k, 9 * k + 9) : undefined;
    const own = positions.subarray(3 * first[k], 3 * (first[k] + sizes[k]));
    const edges = placed(set, k, () => neighbours(own, { cutoff, ...(cell && { cell, periodic: isPeriodic }) }));
    requireApart(edges, set, k);
    requireNeighbours(edges, set, k, { cutoff, purpose });
    return edges;
  });
  const starts = new Int32Array(found.length + 1);
  found.forEach(({ senders }, k) => {
    starts[k + 1] = starts[k] + senders.length;
  });
  const [senders, receivers] = [new Int32Array(starts[found.length]), new Int32Array(starts[found.length])];
  const shifts = found.some((edges) => edges.shifts) ? new Float32Array(3 * starts[found.length]) : undefined;
  found.forEach((edges, k) => {
    senders.set(edges.senders, starts[k]);
    receivers.set(edges.receivers, starts[k]);
    if (edges.shifts) shifts?.set(edges.shifts, 3 * starts[k]);
  });
  return { first: starts, senders, receivers, ...(shifts && { shifts }) };
}

/** What a list of neighbours refuses comes from the geometry: a cell without volume, or far too many images or edges. */
function placed<T>({ sources }: GeometrySet, k: number, list: () => T): T {
  try {
    return list();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UserError(`${sayWhere(sources[k])}: ${cause.message}`, { file: sources[k].file, cause });
  }
}

/** How far the atoms of a network see. */
const cutoffOf = ({ encoder }: FitNetworkConfig): number => Number(encoder.cutoff);

/**
 * Geometries as a network sees them.
 * @param purpose what for, which decides what would mend a mistake
 * @throws UserError for species that it has not learned, inputs that are missing, atoms at one place or without
 * neighbours, and a geometry that repeats where a target is a moment of charges
 */
export function seenGeometries(
  set: GeometrySet,
  config: FitNetworkConfig,
  purpose: Purpose = 'prediction',
): SeenGeometries {
  requireMoments(set, config.targets, purpose);
  const species = speciesOf(set, config.species);
  const inputs = config.inputs.map((one): [string, Rows] => [
    one.name,
    { ofGraphs: one.of === 'graph', width: 3 ** one.order, data: Float32Array.from(inputValues(set, one)) },
  ]);
  return {
    sizes: set.sizes,
    first: set.first,
    species,
    positions: centredPositions(set),
    edges: edgesOf(set, cutoffOf(config), purpose),
    inputs: Object.fromEntries(inputs),
  };
}
