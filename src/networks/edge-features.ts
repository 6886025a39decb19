import { Linear, MLP, type ParameterScope } from '../nn/index.js';
import { add, concat, type Tensor } from '../tensor/index.js';
import {
  directionScalars,
  type EdgeGeometry,
  type EdgeScalars,
  positionScalars,
  vectorScalars,
} from './edge-scalars.js';
import { GaussianDistances } from './gaussian-distances.js';
import { type GeometricGraph, scalarProducts } from './geometric-graph.js';
import { edgeComponentCount, edgeComponents, type GraphVector } from './graph-vectors.js';

/**
 * The published members of the family, by what they scalarize:
 * - `plain`: products of scalars, distance and positions;
 * - `velocity`: the same and the vectors of nodes, which are velocities where it was published;
 * - `gaussian`: positions and vectors; scalars and distance enter through a Gaussian basis.
 */
export type ClofNetVariant = 'plain' | 'velocity' | 'gaussian';

const scalarsOf: Readonly<Record<ClofNetVariant, EdgeScalars>> = {
  plain: positionScalars,
  velocity: vectorScalars,
  gaussian: directionScalars,
};

export interface EdgeFeaturesOptions {
  readonly variant: ClofNetVariant;
  /** Width of the features. */
  readonly width: number;
  /** How many kinds of edge the weights of the Gaussian basis have room for. */
  readonly edgeKinds: number;
  /** Further vectors whose components on the frames are scalars too. */
  readonly graphVectors: readonly GraphVector[];
}

/** e_ij = φ_e(scalars of the edge), plus the Gaussian basis of |x_i − x_j|² where the variant has one. */
export class EdgeFeatures {
  readonly #scalars: EdgeScalars;
  readonly #graphVectors: readonly GraphVector[];
  readonly #fuse: MLP;
  readonly #gaussians: GaussianDistances | undefined;

  constructor(scope: ParameterScope, { variant, width, edgeKinds, graphVectors }: EdgeFeaturesOptions) {
    this.#scalars = scalarsOf[variant];
    this.#graphVectors = graphVectors;
    const inputs = this.#scalars.width + edgeComponentCount(graphVectors);
    // The published network without velocities has this layer too, and does not use it.
    if (variant === 'plain') new Linear(scope.child('embedding_edge').child(0), 2, width);
    if (variant === 'gaussian') this.#gaussians = new GaussianDistances(scope.child('gbf'), width, edgeKinds);
    this.#fuse = new MLP(scope.child('fuse_edge'), [inputs, width, width], { activateLast: true });
  }

  /** [width, edges] */
  columns(edge: EdgeGeometry, given: GeometricGraph): Tensor {
    const scalars = [...this.#scalars.rows(edge, given), ...edgeComponents(edge, given, this.#graphVectors)];
    const fused = this.#fuse.columns(concat(scalars, 0));
    return this.#gaussians ? add(fused, this.#gaussians.columns(edge.squaredDistance, scalarProducts(given))) : fused;
  }
}
