import { UserError } from '../../common/errors.js';
import { type FieldName, fieldNames } from './system.js';

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
}

/** The number of edges between the bodies of a system, both ways. */
const edgeCount = (size: number): number => size * (size - 1);

const edgesOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + edgeCount(size), 0);

/**
 * Checks that every list is as long as the sizes say and holds finite numbers.
 * @param fields the fields that must be there
 * @throws UserError that names the list, and the system and body at fault
 */
export function checkBatch(batch: SystemBatch, fields: readonly FieldName[] = []): void {
  const bad = batch.sizes.findIndex((size) => !Number.isInteger(size) || size < 1);
  if (bad >= 0) throw new UserError(`system ${bad} has ${batch.sizes[bad]} bodies, expected 1 or more`);
  const missing = fields.find((name) => !batch.fields?.[name]);
  if (missing) throw new UserError(`the ${missing} field is missing: this network needs one vector for every system`);
  const bodies = batch.sizes.reduce((sum, size) => sum + size, 0);
  const body = (k: number): string => place(batch.sizes, k);
  checkList(batch.positions, 'positions', bodies, 3, body);
  checkList(batch.velocities, 'velocities', bodies, 3, body);
  checkList(batch.charges, 'charges', bodies, 1, body);
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

/** The body with number k of all, in words. */
function place(sizes: readonly number[], k: number): string {
  let [system, body] = [0, k];
  while (body >= sizes[system]) body -= sizes[system++];
  return `body ${body} of system ${system}`;
}

/** A range of systems of a batch, its arrays views of the batch's. */
export interface BatchPart extends SystemBatch {
  /** Where its bodies start in the whole batch. */
  readonly firstBody: number;
}

/** Cuts a batch into parts of at most `maxEdges` edges; a system that has more is a part of its own. */
export function splitBatch(batch: SystemBatch, maxEdges: number): BatchPart[] {
  const parts: BatchPart[] = [];
  let [system, firstBody, firstEdge] = [0, 0, 0];
  while (system < batch.sizes.length) {
    let end = system + 1;
    let [edges, bodies] = [edgeCount(batch.sizes[system]), batch.sizes[system]];
    while (end < batch.sizes.length && edges + edgeCount(batch.sizes[end]) <= maxEdges) {
      edges += edgeCount(batch.sizes[end]);
      bodies += batch.sizes[end++];
    }
    const part = partOf(batch, system, end, firstBody, firstBody + bodies);
    const own = batch.edges?.subarray(firstEdge, firstEdge + edges);
    parts.push(own ? { ...part, edges: own } : part);
    [system, firstBody, firstEdge] = [end, firstBody + bodies, firstEdge + edges];
  }
  return parts;
}

function partOf(batch: SystemBatch, system: number, end: number, firstBody: number, endBody: number): BatchPart {
  const rows = (values: Float32Array): Float32Array => values.subarray(3 * firstBody, 3 * endBody);
  const fields = Object.entries(batch.fields ?? {}).flatMap(([name, field]) =>
    field ? [[name, field.subarray(3 * system, 3 * end)]] : [],
  );
  return {
    firstBody,
    sizes: batch.sizes.slice(system, end),
    positions: rows(batch.positions),
    velocities: rows(batch.velocities),
    charges: batch.charges.subarray(firstBody, endBody),
    fields: Object.fromEntries(fields),
  };
}
