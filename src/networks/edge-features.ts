import { Linear, MLP, type ParameterScope } from '../nn/index.js';
import { add, concat, type Tensor } from '../tensor/index.js';
import {
  directionScalars,
  type EdgeGeometry,
  type EdgeScalars,
  positionScalars,
  velocityScalars,
} from './edge-scalars.js';
import { edgeFieldScalars } from './fields.js';
import { GaussianDistances } from './gaussian-distances.js';
import { chargeProducts, type FieldName, type SystemTensors } from './system.js';

/**
 * The published members of the family, by what they scalarize:
 * - `plain`: charges, distance and positions;
 * - `velocity`: the same and velocities;
 * - `gaussian`: positions and velocities; charges and distance enter through a Gaussian basis.
 */
export type ClofNetVariant = 'plain' | 'velocity' | 'gaussian';

const scalarsOf: Readonly<Record<ClofNetVariant, EdgeScalars>> = {
  plain: positionScalars,
  velocity: velocityScalars,
  gaussian: directionScalars,
};

export interface EdgeFeaturesOptions {
  readonly variant: ClofNetVariant;
  /** Width of the features. */
  readonly width: number;
  /** How many kinds of edge the weights of the Gaussian basis have room for. */
  readonly edgeKinds: number;
  /** External fields whose components on the frames are scalars too. */
  readonly fields: readonly FieldName[];
}

/** e_ij = φ_e(scalars of the edge), plus the Gaussian basis of |x_i − x_j|² where the variant has one. */
export class EdgeFeatures {
  readonly #scalars: EdgeScalars;
  readonly #fields: readonly FieldName[];
  readonly #fuse: MLP;
  readonly #gaussians: GaussianDistances | undefined;

  constructor(scope: ParameterScope, { variant, width, edgeKinds, fields }: EdgeFeaturesOptions) {
    this.#scalars = scalarsOf[variant];
    this.#fields = fields;
    const inputs = this.#scalars.width + 3 * fields.length;
    // The published network without velocities has this layer too, and does not use it.
    if (variant === 'plain') new Linear(scope.child('embedding_edge').child(0), 2, width);
    if (variant === 'gaussian') this.#gaussians = new GaussianDistances(scope.child('gbf'), width, edgeKinds);
    this.#fuse = new MLP(scope.child('fuse_edge'), [inputs, width, width], { activateLast: true });
  }

  /** [width, edges] */
  columns(edge: EdgeGeometry, system: SystemTensors): Tensor {
    const scalars = [...this.#scalars.rows(edge, system), ...edgeFieldScalars(edge, system, this.#fields)];
    const fused = this.#fuse.columns(concat(scalars, 0));
    return this.#gaussians ? add(fused, this.#gaussians.columns(edge.squaredDistance, chargeProducts(system))) : fused;
  }
}
