import { UserError } from '../../common/errors.js';
import type { XyzArray, XyzStructure } from '../../files/extended-xyz.js';
import type { SystemBatch } from '../networks/system-batch.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';
import { edgesOfMatrices, matrixOfEdges } from './edges.js';

/** The columns, one for each body of a structure, that say what joins it to the others. */
const EDGES = 'edges';

/**
 * Structures of extended XYZ, which must have velocities and charges, as a network takes them; with `edges`, as many
 * columns as bodies, where one has them.
 * @throws UserError for a structure with another number of columns of edges
 */
export function systemsOfStructures(structures: readonly XyzStructure[], fields: Fields = {}): SystemBatch {
  const join = (list: (structure: XyzStructure) => Float32Array | Float64Array | undefined): Float32Array =>
    Float32Array.from(structures.flatMap((structure) => [...(list(structure) ?? [])]));
  return {
    sizes: structures.map(({ species }) => species.length),
    positions: join(({ positions }) => positions),
    velocities: join(({ arrays }) => arrays.get('velocities')?.data),
    charges: join(({ arrays }) => arrays.get('charges')?.data),
    ...(structures.some(({ arrays }) => arrays.has(EDGES)) && { edges: join(edgesOfStructure) }),
    fields: fieldArrays(fields, structures.length),
  };
}

function edgesOfStructure({ species, arrays }: XyzStructure): Float32Array {
  const bodies = species.length;
  const { columns = 0, data = [] } = arrays.get(EDGES) ?? {};
  if (columns !== bodies)
    throw new UserError(`a system of ${bodies} bodies has ${columns} columns of edges; one for each body is needed`);
  return edgesOfMatrices(data, bodies);
}

/**
 * Systems as structures of extended XYZ, with velocities and charges, for {@link systemsOfStructures} to read back;
 * their external fields, of which files know nothing, are left out.
 *
 * @param info what to say in the comment lines
 */
export function structuresOfSystems(batch: SystemBatch, info: Readonly<Record<string, string>> = {}): XyzStructure[] {
  let [first, firstEdge] = [0, 0];
  return batch.sizes.map((size) => {
    const rows = (values: Float32Array, columns: number): XyzArray => ({
      columns,
      data: Float64Array.from(values.subarray(columns * first, columns * (first + size)), shortest),
    });
    const positions = rows(batch.positions, 3).data;
    const arrays = new Map([
      ['velocities', rows(batch.velocities, 3)],
      ['charges', rows(batch.charges, 1)],
    ]);
    const edges = batch.edges?.subarray(firstEdge, firstEdge + size * (size - 1));
    if (edges) arrays.set(EDGES, { columns: size, data: matrixOfEdges(edges, size) });
    firstEdge += size * (size - 1);
    first += size;
    return { species: new Array<string>(size).fill('X'), positions, arrays, info };
  });
}

/**
 * The structures with their bodies where they will be, and how far each has come as `displacement`. The velocities,
 * which belong to the old positions, are left out; other columns stay.
 *
 * @param predicted [bodies, 3], in the order of the structures
 * @param info what to add to the comment lines
 * @throws UserError where a prediction is not finite
 */
export function movedStructures(
  structures: readonly XyzStructure[],
  predicted: Float32Array,
  info: Readonly<Record<string, string>>,
): XyzStructure[] {
  let first = 0;
  return structures.map((structure, k) => {
    const moved = predicted.subarray(first, first + structure.positions.length);
    first += structure.positions.length;
    const bad = moved.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) {
      throw new UserError(
        `the network predicts ${moved[bad]} for body ${Math.floor(bad / 3) + 1} of system ${k + 1} (counted from 1); ` +
          'its numbers are too large for the network, or its weights are unusable',
        { code: 'diverged' },
      );
    }
    return moveStructure(structure, moved, info);
  });
}

function moveStructure(
  structure: XyzStructure,
  moved: Float32Array,
  info: Readonly<Record<string, string>>,
): XyzStructure {
  const arrays = new Map(structure.arrays);
  arrays.delete('velocities');
  const displacement: XyzArray = {
    columns: 3,
    data: Float64Array.from(moved, (x, k) => Number((x - Math.fround(structure.positions[k])).toPrecision(7))),
  };
  return {
    species: structure.species,
    positions: Float64Array.from(moved, shortest),
    arrays: arrays.set('displacement', displacement),
    info: { ...structure.info, ...info },
  };
}

/** The number of fewest digits that is this one in float32. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
