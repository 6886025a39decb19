import { UserError } from '../../common/errors.js';
import { neighbours } from '../../graphs/index.js';
import { type GeometrySet, geometryCount, sayWhere } from '../data/geometry-set.js';
import { inputValues } from '../resolve-inputs.js';
import type { FitNetworkConfig } from './fit-config.js';

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
 * @throws UserError, naming the geometry and the atom, where an atom of several has no neighbour
 */
function edgesOf(set: GeometrySet, cutoff: number): EdgeRows {
  const found = Array.from({ length: geometryCount(set) }, (_, k) => {
    const { first, sizes, positions, cells, periodic } = set;
    const isPeriodic = periodic?.subarray(3 * k, 3 * k + 3);
    const cell = cells && isPeriodic?.some(Boolean) ? cells.subarray(9 * k, 9 * k + 9) : undefined;
    const own = positions.subarray(3 * first[k], 3 * (first[k] + sizes[k]));
    const edges = neighbours(own, { cutoff, ...(cell && { cell, periodic: isPeriodic }) });
    requireNeighbours(edges.receivers, set, k, cutoff);
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

function requireNeighbours(
  receivers: Int32Array,
  { sizes, sources, positions, first }: GeometrySet,
  k: number,
  cutoff: number,
): void {
  if (sizes[k] === 1) return;
  const sees = new Uint8Array(sizes[k]);
  for (const atom of receivers) sees[atom] = 1;
  const alone = sees.indexOf(0);
  if (alone < 0) return;
  const row = 3 * first[k];
  let nearest = Infinity;
  for (let other = 0; other < sizes[k]; other++) {
    if (other === alone) continue;
    const [x, y, z] = [0, 1, 2].map((axis) => positions[row + 3 * other + axis] - positions[row + 3 * alone + axis]);
    nearest = Math.min(nearest, Math.hypot(x, y, z));
  }
  throw new UserError(
    `${sayWhere(sources[k])}: atom ${alone + 1} has no neighbour within the cutoff of ${cutoff}; the nearest is at ${nearest.toPrecision(4)}`,
    { file: sources[k].file, atom: alone + 1, remedy: { setting: 'model.cutoff', action: 'raise' } },
  );
}

/** How far the atoms of a network see. */
const cutoffOf = ({ encoder }: FitNetworkConfig): number => Number(encoder.cutoff);

/**
 * Geometries as a network sees them.
 * @throws UserError for species that it has not learned, inputs that are missing and atoms without neighbours
 */
export function seenGeometries(set: GeometrySet, config: FitNetworkConfig): SeenGeometries {
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
    edges: edgesOf(set, cutoffOf(config)),
    inputs: Object.fromEntries(inputs),
  };
}
