import type { ResolvedInput, ResolvedTarget } from '../quantity.js';

/** A target as a network knows it, with the numbers that its data gave. */
export interface NetworkTarget extends ResolvedTarget {
  /** What the network's own numbers are multiplied by; of a gradient, that of its target. */
  readonly scale: number;
  /**
   * What is added to the scalar of a node by its species: shifts of energies, means of charges; of a scalar of graphs
   * that is no sum, to its mean. In the order of the species; none for vectors and tensors.
   */
  readonly shifts?: readonly number[];
}

/** A network that was fitted to a user's quantities, described: ready for JSON. */
export interface FitNetworkConfig {
  /** The name of its encoder. */
  readonly model: string;
  /** The options of the encoder. */
  readonly encoder: Readonly<Record<string, unknown>>;
  /** The names of the species that it has learned. */
  readonly species: readonly string[];
  /** The unit of positions, in words. */
  readonly length: string;
  readonly targets: readonly NetworkTarget[];
  readonly inputs: readonly ResolvedInput[];
  /** What weighs the atoms, where a centre is needed: masses by species, or all 1. */
  readonly masses?: readonly number[];
}
