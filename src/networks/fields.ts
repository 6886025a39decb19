import { scalarize } from '../geometry/index.js';
import { cross, gather, mul, safeSqrt, sum, type Tensor, transpose } from '../tensor/index.js';
import type { EdgeGeometry } from './edge-scalars.js';
import { atEdges, type FieldName, type SystemTensors } from './system.js';

/*
 * What a network makes of external vector fields. A field is a vector like any other: it is scalarized on the frames
 * of edges and turns with the system. What it does to a body directly is a vector of that body: gravity g pulls along
 * g; a magnetic field B moves a charge along v × B and, in the second order, along (v × B) × B.
 */

/** A field at every body, [nodes, 3]. */
function atBodies({ fields, graph }: SystemTensors, name: FieldName): Tensor {
  const field = fields[name];
  if (!field) throw new Error(`the system has no field named ${name}`);
  return gather(field, graph.graphOfNode);
}

const nodeCross = (a: Tensor, b: Tensor): Tensor => transpose(cross(transpose(a), transpose(b))); // [nodes, 3]

/** The vectors along which a field moves bodies directly, [nodes, 3] each. */
const drifts: Readonly<Record<FieldName, (field: Tensor, velocities: Tensor) => Tensor[]>> = {
  gravity: (g) => [g],
  magnetic: (b, v) => {
    const lorentz = nodeCross(v, b);
    return [lorentz, nodeCross(lorentz, b)];
  },
};

const DRIFTS: Readonly<Record<FieldName, number>> = { gravity: 1, magnetic: 2 };

/** How many vectors `fieldDrifts` gives. */
export const driftCount = (names: readonly FieldName[]): number =>
  names.reduce((total, name) => total + DRIFTS[name], 0);

/** The vectors along which fields move bodies directly, [nodes, 3] each. */
export const fieldDrifts = (system: SystemTensors, names: readonly FieldName[]): Tensor[] =>
  names.flatMap((name) => drifts[name](atBodies(system, name), system.velocities));

const rowDot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), [1], { keepDims: true }); // [nodes, 1]

/** How many numbers `bodyFieldScalars` gives of a body. */
export const bodyScalarCount = (names: readonly FieldName[]): number => 2 * names.length;

/** The strength of every field and its component along the body's velocity, v·f: [nodes, 1] each. */
export const bodyFieldScalars = (system: SystemTensors, names: readonly FieldName[]): Tensor[] =>
  names.flatMap((name) => {
    const field = atBodies(system, name);
    return [safeSqrt(rowDot(field, field)), rowDot(system.velocities, field)];
  });

/** The components of every field on the frames of edges, [3 · fields, edges]; none where there are no fields. */
export function edgeFieldScalars(
  { frame }: EdgeGeometry,
  system: SystemTensors,
  names: readonly FieldName[],
): Tensor[] {
  const fields = names.map((name) => atEdges(atBodies(system, name), system.graph.receivers)); // [3, edges] each
  return fields.length === 0 ? [] : [scalarize(fields, frame)];
}
