import type { Rng } from '../random/generator.js';
import { type Input, input, stopGradient, type Tensor } from '../tensor/index.js';
import type { Initializer } from './initializers.js';

/** A stored tensor: its place in the model, its shape and how its first values are drawn. */
export interface Parameter {
  /** The path in the model, which is also the name in weight files: `gcl_0.edge_mlp.0.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly tensor: Input;
  readonly initializer: Initializer;
  /** Whether training changes it. Fixed ones are drawn once and kept, in weight files too. */
  readonly trainable: boolean;
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
    return this.#declare(name, shape, initializer, true);
  }

  /** Declares a parameter that training leaves as it was drawn: its gradient is zero. */
  fixed(name: string, shape: readonly number[], initializer: Initializer): Tensor {
    return stopGradient(this.#declare(name, shape, initializer, false));
  }

  #declare(name: string, shape: readonly number[], initializer: Initializer, trainable: boolean): Input {
    const path = this.#prefix + name;
    if (this.#list.some((other) => other.name === path)) throw new Error(`two parameters are named ${path}`);
    const tensor = input(path, shape);
    this.#list.push({ name: path, shape, tensor, initializer, trainable });
    return tensor;
  }

  /** All parameters of the model so far, in the order of their declaration. */
  get parameters(): readonly Parameter[] {
    return this.#list;
  }
}

/** The number of values of one parameter. */
export const parameterSize = ({ shape }: Pick<Parameter, 'shape'>): number => shape.reduce((a, b) => a * b, 1);

/** Those that training changes: what gradients are taken of, and what an optimiser carries. */
export const trainable = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.filter((parameter) => parameter.trainable);

/** The number of trainable values. */
export const countParameters = (parameters: readonly Parameter[]): number =>
  trainable(parameters).reduce((total, p) => total + parameterSize(p), 0);

/** Draws the first values of all parameters, in order. */
export function initialize(parameters: readonly Parameter[], rng: Rng): Map<string, Float32Array> {
  return new Map(parameters.map((p) => [p.name, p.initializer(p.shape, rng)]));
}
