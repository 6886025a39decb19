import { type Dim, type DType, formatShape, type Shape, ShapeError, type Signature } from './shape.js';

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

/**
 * What the library knows of one operation: three rules, side by side.
 * `A` is the type of the operation's attributes.
 */
export interface Op<A = unknown> {
  readonly name: string;
  /** Shape and dtype of the result; throws a ShapeError for inputs that do not fit. */
  signature(inputs: readonly Tensor[], attributes: A): Signature;
  /** Writes the ONNX nodes that compute the result; returns the result's name. */
  onnx(emitter: Emitter, tensor: Tensor<A>, inputs: readonly string[]): string;
  /**
   * The gradient of each input, given the gradient `dy` of the result `y`; null where there is none.
   * Broadcasting is undone by the caller: a rule may return a gradient of the broadcast shape.
   */
  gradient(dy: Tensor, y: Tensor<A>): readonly (Tensor | null)[];
}

/** A symbolic tensor: how a value is computed, its shape and its type. Building one computes nothing. */
export interface Tensor<A = unknown> extends Signature {
  readonly op: Op<A>;
  readonly inputs: readonly Tensor[];
  readonly attributes: A;
}

const isDim = (dim: Dim): boolean => (typeof dim === 'string' ? dim !== '' : Number.isInteger(dim) && dim >= 0);

/** Applies an op: checks the inputs and returns the symbolic result. */
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): Tensor<A> {
  const signature = op.signature(inputs, attributes);
  if (!signature.shape.every(isDim)) {
    const from = inputs.map(({ shape }) => ` from ${formatShape(shape)}`).join();
    throw new ShapeError(`${op.name}: impossible shape ${formatShape(signature.shape)}${from}`);
  }
  return { op, inputs, attributes, ...signature };
}

/** Throws unless the input has the dtype that the op needs. */
export function requireDType(op: string, what: string, input: Tensor, ...allowed: readonly DType[]): void {
  if (!allowed.includes(input.dtype)) {
    const shape = formatShape(input.shape);
    throw new ShapeError(`${op}: ${what} has dtype ${input.dtype} (shape ${shape}), expected ${allowed.join(' or ')}`);
  }
}

/** Throws unless the input has the given number of axes. */
export function requireRank(op: string, what: string, input: Tensor, rank: number): void {
  if (input.shape.length !== rank) {
    throw new ShapeError(`${op}: ${what} has shape ${formatShape(input.shape)}, expected ${rank} axes`);
  }
}

const noGradient = (): readonly null[] => [];

/** What an input is known by. */
export interface InputAttributes {
  readonly name: string;
}

const inputOp: Op<InputAttributes & Signature> = {
  name: 'input',
  signature: (_, { shape, dtype }) => ({ shape, dtype }),
  onnx: (emitter, tensor) => emitter.input(tensor),
  gradient: noGradient,
};

/** A value that is fed when the program runs. Parameters are inputs too. */
export type Input = Tensor<InputAttributes & Signature>;

/** A placeholder for a value of this shape, fed by name when the program runs. */
export function input(name: string, shape: Shape, dtype: DType = 'float32'): Input {
  return apply(inputOp, [], { name, shape, dtype });
}

export const isInput = (tensor: Tensor): tensor is Input => tensor.op === inputOp;

export interface ConstantAttributes extends Signature {
  readonly values: readonly number[];
}

const constantOp: Op<ConstantAttributes> = {
  name: 'constant',
  signature(_, { values, shape, dtype }) {
    const size = shape.reduce<number>((product, dim) => product * Number(dim), 1);
    if (size !== values.length) {
      throw new ShapeError(`constant: ${values.length} values do not fill shape ${formatShape(shape)}`);
    }
    return { shape, dtype };
  },
  onnx: (emitter, { attributes }) => emitter.constant(attributes.values, attributes.shape, attributes.dtype),
  gradient: noGradient,
};

/** A fixed value: a number (shape []), or numbers with a shape without names. */
export function constant(
  values: number | readonly number[],
  shape?: readonly number[],
  dtype: DType = 'float32',
): Tensor {
  const list = typeof values === 'number' ? [values] : values;
  return apply(constantOp, [], {
    values: list,
    shape: shape ?? (typeof values === 'number' ? [] : [list.length]),
    dtype,
  });
}

/** What the functions of this layer take: a tensor, or a number, which is a constant. */
export type Operand = Tensor | number;

/** A number as a constant; a tensor as it is. */
export const asTensor = (operand: Operand): Tensor => (typeof operand === 'number' ? constant(operand) : operand);

export const leafOps = { input: inputOp, constant: constantOp };
