import { graphMean } from '../../graphs/index.js';
import { Linear, type Parameter, ParameterScope, uniform } from '../../nn/index.js';
import {
  add,
  cast,
  concat,
  constant,
  div,
  exp,
  gather,
  log,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
} from '../../tensor/index.js';
import { type AtomState, DenoiserLayer } from './denoiser-layer.js';
import { ATOM_FEATURES, ELEMENTS, type MoleculeTensors } from './molecule-tensors.js';

/** The size of a denoiser. */
export interface DenoiserOptions {
  /** Width of the atom features; default 64. */
  readonly hidden?: number;
  /** Message-passing layers; default 5. */
  readonly layers?: number;
  /** Directions that an atom keeps in addition to its position; default 4. */
  readonly vectors?: number;
}

/** Kinds of edge that the weights have room for; see `conformers/graphs/molecular-graph.ts`. */
export const EDGE_KINDS = 32;
/** Levels of theory that the weights have room for. */
export const LEVELS = 4;

/** σ_data² = DATA_VARIANCE · atoms: how far the atoms of a molecule spread, fitted to the training sets. */
const DATA_VARIANCE = 0.11;

/** σ_data² of a molecule, per coordinate, in Å². */
export const dataVariance = (atoms: number): number => DATA_VARIANCE * atoms;

/** Where the Gaussians of ln σ stand. */
const LOG_SIGMA = Array.from({ length: 12 }, (_, k) => Math.log(0.01) + (k * Math.log(2000)) / 11);
const LOG_SIGMA_WIDTH = LOG_SIGMA[1] - LOG_SIGMA[0];

/**
 * A denoiser of molecular shapes: from positions with Gaussian noise of deviation σ to the expected positions without
 * it. ClofNet layers (Du et al. 2022) under the preconditioning of Karras et al. (2022, table 1):
 *
 *     D(x; σ) = c_skip(σ) x + c_out(σ) F(c_in(σ) x; σ)
 *
 * with σ_data of each molecule from its number of atoms. The score is (D(x; σ) − x) / σ².
 */
export class Denoiser {
  readonly parameters: readonly Parameter[];
  readonly #elements: Tensor;
  readonly #levels: Tensor;
  readonly #embedding: Linear;
  readonly #layers: readonly DenoiserLayer[];

  constructor({ hidden = 64, layers = 5, vectors = 4 }: DenoiserOptions = {}) {
    const scope = new ParameterScope();
    this.#elements = scope.parameter('element_features', [ELEMENTS, hidden], uniform(-1, 1));
    this.#levels = scope.parameter('level_features', [LEVELS, hidden], uniform(-0.1, 0.1));
    this.#embedding = new Linear(scope.child('embedding'), ATOM_FEATURES + LOG_SIGMA.length, hidden);
    this.#layers = Array.from(
      { length: layers },
      (_, k) =>
        new DenoiserLayer(scope.child(`layers.${k}`), {
          hidden,
          vectors,
          edgeKinds: EDGE_KINDS,
          isFirst: k === 0,
          isLast: k === layers - 1,
        }),
    );
    this.parameters = scope.parameters;
  }

  /**
   * @param noisy positions [nodes, 3] in ångström
   * @param sigma deviation of the noise of each molecule, [graphs, 1], in ångström
   * @returns positions [nodes, 3], each molecule's centre at 0
   */
  denoise(molecules: MoleculeTensors, noisy: Tensor, sigma: Tensor): Tensor {
    const { graph } = molecules;
    const atNodes = (perGraph: Tensor): Tensor => gather(perGraph, graph.graphOfNode); // [nodes, 1]
    const centred = sub(noisy, graphMean(noisy, graph));
    const atoms = reshape(cast(graph.graphSizes, 'float32'), ['graphs', 1]);
    const variance = mul(atoms, DATA_VARIANCE); // σ_data²
    const total = add(variance, square(sigma));
    const skip = atNodes(div(variance, total));
    const out = atNodes(div(mul(sigma, sqrt(variance)), sqrt(total)));
    const scaled = mul(centred, atNodes(sqrt(div(variance, total)))); // noise and shape, shrunk to the size of a shape
    const first: AtomState = { x: scaled, h: this.#atoms(molecules, atNodes(log(sigma))) };
    const last = this.#layers.reduce((state, layer) => layer.update(state, molecules, out), first);
    const shift = sub(last.x, scaled); // c_out F
    const result = add(mul(skip, centred), shift);
    return sub(result, graphMean(result, graph));
  }

  /** [nodes, hidden] */
  #atoms({ atomicNumbers, atomFeatures, level, graph }: MoleculeTensors, logSigma: Tensor): Tensor {
    const noise = exp(
      mul(square(div(sub(logSigma, constant(LOG_SIGMA, [1, LOG_SIGMA.length])), LOG_SIGMA_WIDTH)), -0.5),
    );
    const known = this.#embedding.rows(concat([atomFeatures, noise], 1));
    return add(
      add(known, gather(this.#elements, atomicNumbers)),
      gather(gather(this.#levels, level), graph.graphOfNode),
    );
  }
}
