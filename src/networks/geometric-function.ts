import { type Parameter, requireWeights, type Weights } from '../nn/index.js';
import type { Rng } from '../random/generator.js';
import type { Feeds, Runtime, Sizes } from '../runtime/index.js';
import { compile, type Port, type Shape, type Tensor } from '../tensor/index.js';
import type { Follows } from './backbone.js';
import type { GraphWords, Quantities } from './quantities.js';

/** Graphs in space as plain arrays, by name, and the number of nodes of each graph. */
export interface Sample {
  readonly sizes: readonly number[];
  readonly arrays: Feeds;
}

/** A function of samples. */
export type Run<S = Sample> = (sample: S) => Float32Array | Promise<Float32Array>;

/** Several results by name. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** How many graphs a sample has, and of how many nodes; domains whose graphs have sizes of their own leave that out. */
export interface SampleSize {
  readonly graphs: number;
  readonly nodes: number;
}

/** A network as a function of named arrays, with all that others have to know of it to test it or to pass it on. */
export interface GeometricFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The results by name: rows of what {@link Quantities} say of each. */
  readonly output: Readonly<Record<string, Tensor>>;
  /** What a file of the network gives, where that is more: with constants that nothing moves, beside which errors of `output` would not show. */
  readonly exported?: Readonly<Record<string, Tensor>>;
  /** What the inputs are, and the outputs. */
  readonly quantities: Quantities;
  /** What nodes and graphs are called. */
  readonly words: Omit<GraphWords, 'edges'>;
  /** The named axes, in words. */
  readonly axes: Readonly<Record<string, string>>;
  readonly follows: Follows;
  /** Draws an input of the kind that the network is for. */
  sample(rng: Rng, size: SampleSize): Sample;
  /** The arrays that follow from a sample's sizes, such as complete graphs, and the sample's own; default its own. */
  feeds?(sample: Sample): Feeds;
  /** How it runs, where that is more than one run of its program. */
  open?(runtime: Runtime, weights: Weights): Promise<OpenFunction>;
}

/** A function with its weights, ready to run. */
export interface OpenFunction {
  /** The results by the names of the function's outputs. */
  run(this: void, sample: Sample): Promise<Outputs>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/**
 * Compiles a function with its weights and opens it on a device.
 * @throws UserError if the weights are not this network's
 */
export async function openFunction(
  runtime: Runtime,
  network: GeometricFunction,
  weights: Weights,
): Promise<OpenFunction> {
  if (network.open) return network.open(runtime, weights);
  requireWeights(network.parameters, weights);
  const program = compile(network.output, { constants: weights });
  const executable = await runtime.open(program);
  return {
    run: (sample) => executable.run(...inputsOf(program, network, sample)),
    close: () => executable.close(),
  };
}

/**
 * A sample as a program of the network wants it: its feeds, and the lengths of the named axes.
 * @param more what the program is fed in addition
 */
export function inputsOf(
  { inputs }: { readonly inputs: readonly Port[] },
  network: Pick<GeometricFunction, 'feeds'>,
  sample: Sample,
  more: Feeds = {},
): [Feeds, Sizes] {
  const arrays = { ...(network.feeds?.(sample) ?? sample.arrays), ...more };
  const wanted = inputs.filter(({ name }) => name in arrays);
  return [
    Object.fromEntries(wanted.map(({ name }) => [name, arrays[name]])),
    Object.fromEntries(wanted.flatMap(({ name, shape }) => axisLength(shape, arrays[name].length))),
  ];
}

/** The length of the one named axis of a shape, from the number of values. */
function axisLength(shape: Shape, values: number): [string, number][] {
  const named = shape.filter((dim) => typeof dim === 'string');
  const width = shape.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
  return named.length === 1 ? [[named[0], values / width]] : [];
}
