import { clofnets } from './clofnets.js';
import { egnns } from './egnn.js';
import { gnn } from './gnn.js';
import { graphVectorsOption, type VectorKind } from './graph-vectors.js';
import { propagator } from './propagator.js';
import { radialField } from './radial-field.js';

/**
 * The backbones that there are. To add one, write its record in a file of its own and list it here.
 * @param vectors the vectors of whole graphs that a domain has, by name
 */
export const backbonesOn = <Vector extends string>(vectors: Readonly<Record<Vector, VectorKind>>) => {
  const fields = graphVectorsOption(Object.keys(vectors) as Vector[]);
  return [gnn, radialField, ...egnns, ...clofnets(vectors, fields), propagator(vectors, fields)] as const;
};
