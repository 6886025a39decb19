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
  /**
   * A number for every ordered pair of different bodies of a system, [edges], in the order of `completeGraphs`; by
   * default the product of their charges.
   */
  readonly edges?: Float32Array;
  /** External fields, one vector a system: [systems, 3] each. */
  readonly fields?: Readonly<Partial<Record<FieldName, Float32Array>>>;
  /** Further columns, `scalars.mass` [bodies] or `vectors.spin` [bodies, 3]. */
  readonly columns?: Readonly<Record<string, Float32Array>>;
}

/** The number of edges between the bodies of a system, both ways. */
const edgeCount = (size: number): number => size * (size - 1);

const edgesOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + edgeCount(size), 0);

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
  if (batch.edges) checkList(batch.edges, 'edges', edgesOf(batch.sizes), 1, (k) => `pair ${k}`);
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
  let start = BEGINNING;
  while (start.system < batch.sizes.length) {
    let end = after(start, batch.sizes);
    while (end.system < batch.sizes.length) {
      const next = after(end, batch.sizes);
      if (next.edge - start.edge > maxEdges) break;
      end = next;
    }
    parts.push(partOf(batch, start, end));
    start = end;
  }
  return parts;
}

/** The first systems of a batch, so many or all of them. */
export function firstSystems(batch: SystemBatch, count: number): SystemBatch {
  let end = BEGINNING;
  while (end.system < Math.min(count, batch.sizes.length)) end = after(end, batch.sizes);
  return partOf(batch, BEGINNING, end);
}

/** Where a system begins in a batch: its number, and those of its first body and edge. */
interface Start {
  readonly system: number;
  readonly body: number;
  readonly edge: number;
}

const BEGINNING: Start = { system: 0, body: 0, edge: 0 };

/** Where the next system begins. */
const after = ({ system, body, edge }: Start, sizes: readonly number[]): Start => ({
  system: system + 1,
  body: body + sizes[system],
  edge: edge + edgeCount(sizes[system]),
});

function partOf(batch: SystemBatch, start: Start, end: Start): BatchPart {
  const bodies = batch.charges.length;
  const rows = (values: Float32Array, width = 3): Float32Array => values.subarray(width * start.body, width * end.body);
  const fields = Object.entries(batch.fields ?? {}).flatMap(([name, field]) =>
    field ? [[name, field.subarray(3 * start.system, 3 * end.system)]] : [],
  );
  return {
    firstBody: start.body,
    sizes: batch.sizes.slice(start.system, end.system),
    positions: rows(batch.positions),
    velocities: rows(batch.velocities),
    charges: rows(batch.charges, 1),
    ...(batch.edges && { edges: batch.edges.subarray(start.edge, end.edge) }),
    fields: Object.fromEntries(fields),
    columns: Object.fromEntries(
      Object.entries(batch.columns ?? {}).map(([feed, values]) => [feed, rows(values, values.length / bodies)]),
    ),
  };
}
