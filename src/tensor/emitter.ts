import type { DType, Shape } from './shape.js';
import type { Input, Tensor } from './tensor.js';

/** An attribute of an ONNX node. A plain number is an integer attribute. */
export type NodeAttribute = number | string | readonly number[] | { readonly float: number };

/** What an op's ONNX rule writes into. Names are those of values in the ONNX graph. */
export interface Emitter {
  /** Adds a node with one output and returns the output's name; a node that is there already is shared. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, NodeAttribute>>,
    domain?: string,
  ): string;
  /** Declares an input of the program. */
  input(tensor: Input): string;
  /** A constant of the given type. */
  constant(values: readonly number[], shape: Shape, dtype: DType): string;
  /** A shape as an int64 vector, its named sizes looked up when the program runs. */
  shape(shape: Shape): string;
  /** The same values in another type. */
  cast(value: string, to: DType): string;
  /** The value of this tensor if the program computes it anyway. */
  existing(tensor: Tensor): string | undefined;
}
