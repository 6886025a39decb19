import { UserError } from '../../common/errors.js';
import { type BodyColumns, columnInputs, type FieldName, fieldNames } from './system.js';

/** Many-body systems as plain arrays, one after the other; bodies are numbered through, rows are x, y, z. */
export interface SystemBatch {
  /** The number of bodies of each system. */
  readonly sizes: readonly number[];
  /** Positions, [bodies, 3]. */
  readonly positions: Float32Array;
  /** Velocities, [bodies, 3]. */
  readonly velocities: Float32Array;
  /** Charges, [bodies]. */
  readonly charges: Float32Array;
  /** External fields, one vector a system: [systems, 3] each. */
  readonly fields?: Readonly<Partial<Record<FieldName, Float32Array>>>;
  /** Further columns, `scalars.mass` [bodies] or `vectors.spin` [bodies, 3]. */
  readonly columns?: Readonly<Record<string, Float32Array>>;
}

/** The number of edges between the bodies of a system, both ways. */
const edgeCount = (size: number): number => size * (size - 1);

/**
 * Checks that every list is as long as the sizes say and holds finite numbers.
 * @param fields the fields that must be there
 * @param columns the further columns that must be there
 * @throws UserError that names the list, and the system and body at fault
 */
export function checkBatch(batch: SystemBatch, fields: readonly FieldName[] = [], columns?: BodyColumns): void {
  const bad = batch.sizes.findIndex((size) => !Number.isInteger(size) || size < 1);
  if (bad >= 0) throw new UserError(`system ${bad} has ${batch.sizes[bad]} bodies, expected 1 or more`);
  const missing = fields.find((name) => !batch.fields?.[name]);
  if (missing) throw new UserError(`the ${missing} field is missing: this network needs one vector for every system`);
  const bodies = batch.sizes.reduce((sum, size) => sum + size, 0);
  const body = (k: number): string => place(batch.sizes, k);
  checkList(batch.positions, 'positions', bodies, 3, body);
  checkList(batch.velocities, 'velocities', bodies, 3, body);
  checkList(batch.charges, 'charges', bodies, 1, body);
  for (const { feed, name, width } of columnInputs(columns)) {
    const column = batch.columns?.[feed];
    if (!column) throw new UserError(`the column ${name} is missing: this network needs it of every body`);
    checkList(column, name, bodies, width, body);
  }
  for (const name of fieldNames) {
    const field = batch.fields?.[name];
    if (field) checkList(field, `${name} field`, batch.sizes.length, 3, (k) => `system ${k}`);
  }
}

function checkList(
  values: Float32Array,
  what: string,
  rows: number,
  width: number,
  where: (row: number) => string,
): void {
  if (values.length !== rows * width) {
    const expected = width === 1 ? `${rows}` : `${rows} × ${width}`;
    throw new UserError(`${what}: ${values.length} numbers given, expected ${expected}`);
  }
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new UserError(`${what} of ${where(Math.floor(at / width))}: ${values[at]} is not a finite number`);
}

/** The body with number k of all, in words; bodies and systems are counted from `first`. */
export function place(sizes: readonly number[], k: number, first = 0): string {
  let [system, body] = [0, k];
  while (body >= sizes[system]) body -= sizes[system++];
  return `body ${body + first} of system ${system + first}`;
}

/** A range of systems of a batch, its arrays views of the batch's. */
export interface BatchPart extends SystemBatch {
  /** Where its bodies start in the whole batch. */
  readonly firstBody: number;
}

/** Cuts a batch into parts of at most `maxEdges` edges; a system that has more is a part of its own. */
export function splitBatch(batch: SystemBatch, maxEdges: number): BatchPart[] {
  const parts: BatchPart[] = [];
  let [system, firstBody] = [0, 0];
  while (system < batch.sizes.length) {
    let end = system + 1;
    let [edges, bodies] = [edgeCount(batch.sizes[system]), batch.sizes[system]];
    while (end < batch.sizes.length && edges + edgeCount(batch.sizes[end]) <= maxEdges) {
      edges += edgeCount(batch.sizes[end]);
      bodies += batch.sizes[end++];
    }
    parts.push(partOf(batch, system, end, firstBody, firstBody + bodies));
    [system, firstBody] = [end, firstBody + bodies];
  }
  return parts;
}

/** The first systems of a batch, so many or all of them. */
export function firstSystems(batch: SystemBatch, count: number): SystemBatch {
  const end = Math.min(count, batch.sizes.length);
  const bodies = batch.sizes.slice(0, end).reduce((sum, size) => sum + size, 0);
  return partOf(batch, 0, end, 0, bodies);
}

function partOf(batch: SystemBatch, system: number, end: number, firstBody: number, endBody: number): BatchPart {
  const bodies = batch.charges.length;
  const rows = (values: Float32Array, width = 3): Float32Array => values.subarray(width * firstBody, width * endBody);
  const fields = Object.entries(batch.fields ?? {}).flatMap(([name, field]) =>
    field ? [[name, field.subarray(3 * system, 3 * end)]] : [],
  );
  return {
    firstBody,
    sizes: batch.sizes.slice(system, end),
    positions: rows(batch.positions),
    velocities: rows(batch.velocities),
    charges: rows(batch.charges, 1),
    fields: Object.fromEntries(fields),
    columns: Object.fromEntries(
      Object.entries(batch.columns ?? {}).map(([feed, values]) => [feed, rows(values, values.length / bodies)]),
    ),
  };
}
