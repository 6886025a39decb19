import type { Rng } from '../random/generator.js';
import { type Input, input } from '../tensor/index.js';
import type { Initializer } from './initializers.js';

/** A trainable tensor: its place in the model, its shape and how its first values are drawn. */
export interface Parameter {
  /** The path in the model, which is also the name in weight files: `gcl_0.edge_mlp.0.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly tensor: Input;
  readonly initializer: Initializer;
}

/** The values of parameters, by name. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** Where a layer puts its parameters: a path prefix and the model's list. */
export class ParameterScope {
  readonly #list: Parameter[];
  readonly #prefix: string;

  constructor(list: Parameter[] = [], prefix = '') {
    this.#list = list;
    this.#prefix = prefix;
  }

  /** The scope of a part of the model. */
  child(name: string | number): ParameterScope {
    return new ParameterScope(this.#list, `${this.#prefix}${name}.`);
  }

  /** Declares a parameter. */
  parameter(name: string, shape: readonly number[], initializer: Initializer): Input {
    const path = this.#prefix + name;
    if (this.#list.some((other) => other.name === path)) throw new Error(`two parameters are named ${path}`);
    const tensor = input(path, shape);
    this.#list.push({ name: path, shape, tensor, initializer });
    return tensor;
  }

  /** All parameters of the model so far, in the order of their declaration. */
  get parameters(): readonly Parameter[] {
    return this.#list;
  }
}

/** The number of values of one parameter. */
export const parameterSize = ({ shape }: Pick<Parameter, 'shape'>): number => shape.reduce((a, b) => a * b, 1);

/** The number of trainable values. */
export const countParameters = (parameters: readonly Parameter[]): number =>
  parameters.reduce((total, p) => total + parameterSize(p), 0);

/** Draws the first values of all parameters, in order. */
export function initialize(parameters: readonly Parameter[], rng: Rng): Map<string, Float32Array> {
  return new Map(parameters.map((p) => [p.name, p.initializer(p.shape, rng)]));
}
