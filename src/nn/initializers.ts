import type { Rng } from '../random/generator.js';

/** Draws the first values of a parameter of the given shape. */
export type Initializer = (shape: readonly number[], rng: Rng) => Float32Array;

const length = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Uniform in [low, high). */
export const uniform =
  (low: number, high: number): Initializer =>
  (shape, rng) =>
    Float32Array.from({ length: length(shape) }, () => low + (high - low) * rng.uniform());

/** Standard normal. */
export const normal: Initializer = (shape, rng) => rng.fillNormal(new Float32Array(length(shape)));

/** Every value the same. */
export const filled =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(length(shape)).fill(value);

/** Uniform in ±1/√fanIn: how PyTorch starts the weights and biases of its linear layers. */
export const fanIn = (inputs: number): Initializer => uniform(-1 / Math.sqrt(inputs), 1 / Math.sqrt(inputs));

/** Uniform in ±gain·√(6 / (inputs + outputs)) (Glorot & Bengio 2010) for a weight [outputs, inputs]. */
export const xavierUniform =
  (gain = 1): Initializer =>
  (shape, rng) => {
    const bound = gain * Math.sqrt(6 / (shape[0] + shape[1]));
    return uniform(-bound, bound)(shape, rng);
  };
