import { clofnets } from './clofnets.js';
import { egnns } from './egnn.js';
import { gnn } from './gnn.js';
import type { VectorKind } from './graph-vectors.js';
import { radialField } from './radial-field.js';

/**
 * The backbones that there are. To add one, write its record in a file of its own and list it here.
 * @param vectors the vectors of whole graphs that a domain has, by name
 */
export const backbonesOn = <Vector extends string>(vectors: Readonly<Record<Vector, VectorKind>>) =>
  [gnn, radialField, ...egnns, ...clofnets(vectors)] as const;
