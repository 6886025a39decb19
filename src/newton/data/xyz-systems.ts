import { UserError } from '../../common/errors.js';
import { didYouMean } from '../../common/nearest.js';
import type { XyzArray, XyzStructure } from '../../files/extended-xyz.js';
import type { PredictedSystems } from '../networks/predictor.js';
import { type BodyColumns, columnInputs } from '../networks/system.js';
import type { SystemBatch } from '../networks/system-batch.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';
import { edgesOfMatrices, matrixOfEdges } from './edges.js';

/** The largest positions, velocities and charges that are read: squares of distances have to be numbers of float32. */
export const LARGEST = 1e18;

/** What a network knows of systems beside positions and velocities. */
export interface SystemColumns {
  /** False where it was trained on bodies without charges: 0 then. */
  readonly charges?: boolean;
  /** The further columns that it takes. */
  readonly columns?: BodyColumns;
  /** Whether it is told what joins the bodies: a column `edges` is something else where it is not. Default false. */
  readonly edges?: boolean;
}

/** The columns, one for each body of a structure, that say what joins it to the others. */
export const EDGES = 'edges';

/**
 * Structures of extended XYZ as a network takes them; where it is told what joins the bodies, with the columns `edges`,
 * as many as bodies.
 * @throws UserError where one lacks velocities, charges or a further column, or has it of another width
 */
export function systemsOfStructures(
  structures: readonly XyzStructure[],
  fields: Fields = {},
  { charges = true, columns, edges = false }: SystemColumns = {},
): SystemBatch {
  const join = (list: (structure: XyzStructure, place: string) => Float32Array | Float64Array): Float32Array =>
    Float32Array.from(structures.flatMap((structure, k) => [...list(structure, `structure ${k + 1}`)]));
  const column = (name: string, width: number): Float32Array =>
    join((structure, place) => columnOf(structure, name, width, place));
  return {
    sizes: structures.map(({ species }) => species.length),
    positions: join(({ positions }) => positions),
    velocities: column('velocities', 3),
    charges: charges ? column('charges', 1) : join(({ species }) => new Float64Array(species.length)),
    ...(edges && { edges: join(edgesOfStructure) }),
    fields: fieldArrays(fields, structures.length),
    ...(columns && {
      columns: Object.fromEntries(columnInputs(columns).map(({ feed, name, width }) => [feed, column(name, width)])),
    }),
  };
}

/** What joins the bodies of a structure, [n (n − 1)]. @throws UserError for another number of columns than bodies */
export function edgesOfStructure({ species, arrays }: XyzStructure, place: string): Float32Array {
  const bodies = species.length;
  const { columns = 0, data = [] } = arrays.get(EDGES) ?? {};
  if (columns !== bodies)
    throw new UserError(
      `${place}: a system of ${bodies} bodies has ${columns} columns of edges, one for each is needed`,
    );
  return edgesOfMatrices(data, bodies);
}

/**
 * A column of a structure, [bodies, width].
 * @param place what messages call the structure
 * @throws UserError where it is not there, listing those that are; is of another width; or holds what float32 cannot
 */
export function columnOf({ arrays }: XyzStructure, name: string, width: number, place: string): Float64Array {
  const array = arrays.get(name);
  if (!array) {
    const found = ['positions', ...arrays.keys()];
    throw new UserError(`${place} has no column ${name}${didYouMean(name, found)}; it has ${found.join(', ')}`);
  }
  if (array.columns !== width) {
    const [numbers, kind] = [
      array.columns === 1 ? '1 number' : `${array.columns} numbers`,
      width === 1 ? 'one' : 'three',
    ];
    throw new UserError(`${place} has ${numbers} a body in column ${name}, ${kind} expected`);
  }
  const bad = array.data.find((value) => !Number.isFinite(Math.fround(value)));
  if (bad !== undefined) throw new UserError(`${place} holds ${bad} in column ${name}, more than float32 can hold`);
  return array.data;
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
 * which belong to the old positions, are replaced by those that are predicted, or left out; other columns stay.
 *
 * @param predicted in the order of the structures
 * @param info what to add to the comment lines
 * @throws UserError where a prediction is not finite
 */
export function movedStructures(
  structures: readonly XyzStructure[],
  predicted: PredictedSystems,
  info: Readonly<Record<string, string>>,
): XyzStructure[] {
  let first = 0;
  return structures.map((structure, k) => {
    const end = first + structure.positions.length;
    const moved = predicted.positions.subarray(first, end);
    const velocities = predicted.velocities?.subarray(first, end);
    first = end;
    const bad = moved.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) {
      throw new UserError(
        `the network predicts ${moved[bad]} for body ${Math.floor(bad / 3) + 1} of system ${k + 1} (counted from 1); ` +
          'its numbers are too large for the network, or its weights are unusable',
        { code: 'diverged' },
      );
    }
    return moveStructure(structure, { positions: moved, velocities }, info);
  });
}

function moveStructure(
  structure: XyzStructure,
  moved: PredictedSystems,
  info: Readonly<Record<string, string>>,
): XyzStructure {
  const displacement: XyzArray = {
    columns: 3,
    data: Float64Array.from(moved.positions, (x, k) =>
      Number((x - Math.fround(structure.positions[k])).toPrecision(7)),
    ),
  };
  const placed = placedStructure(structure, moved, info);
  return { ...placed, arrays: new Map([...placed.arrays, ['displacement', displacement]]) };
}

/** A structure whose bodies are elsewhere; without velocities it has none any more. Other columns stay. */
export function placedStructure(
  structure: XyzStructure,
  { positions, velocities }: PredictedSystems,
  info: Readonly<Record<string, string>>,
): XyzStructure {
  const arrays = new Map(structure.arrays);
  if (velocities) arrays.set('velocities', { columns: 3, data: Float64Array.from(velocities, shortest) });
  else arrays.delete('velocities');
  return {
    species: structure.species,
    positions: Float64Array.from(positions, shortest),
    arrays,
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
