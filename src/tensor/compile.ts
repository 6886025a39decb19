import type { NodeProto, TensorProto } from 'onnx-buf';
import { dataTypeOf, encodeModel, nodeProto, tensorProto, valueInfo } from './onnx-model.js';
import { type Dim, type DType, formatShape, type Shape, ShapeError, type Signature, staticSize } from './shape.js';
import { type Emitter, type Input, isInput, type NodeAttribute, type Tensor } from './tensor.js';

/** A value that a program takes or gives, by name. */
export interface Port extends Signature {
  readonly name: string;
}

/** A compiled program: an ONNX file and what goes in and out of it. */
export interface Program {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** What {@link compile} makes constant, and the program's name. */
export interface CompileOptions {
  /** Inputs whose values are known now, such as trained weights: they become constants of the program. */
  readonly constants?: ReadonlyMap<string, Float32Array>;
  /** Stored in the ONNX file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** The name of the ONNX graph. */
  readonly name?: string;
}

const formatPort = ({ shape, dtype }: Signature): string => `${dtype} of shape ${formatShape(shape)}`;

/** Attributes as text, different for different attributes: JSON alone writes -0 as 0 and NaN and ±∞ as null. */
const keyOf = (attributes: unknown): string =>
  JSON.stringify(attributes, (_, value) =>
    typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value))
      ? `number ${1 / value} ${value}`
      : value,
  );

/** Numbers every distinct computation: tensors that compute the same thing have the same number. */
class Numbering {
  readonly #numbers = new Map<Tensor, number>();
  readonly #keys = new Map<string, number>();
  readonly inputs = new Map<string, Input>();

  number(tensor: Tensor): number {
    const known = this.#numbers.get(tensor);
    if (known !== undefined) return known;
    const inputs = tensor.inputs.map((x) => this.number(x));
    if (isInput(tensor)) this.#register(tensor);
    const key = `${tensor.op.name}(${inputs})${keyOf(tensor.attributes)}`;
    const number = this.#keys.get(key) ?? this.#keys.size;
    this.#keys.set(key, number);
    this.#numbers.set(tensor, number);
    return number;
  }

  #register(tensor: Input): void {
    const { name } = tensor.attributes;
    const other = this.inputs.get(name);
    if (other && (formatShape(other.shape) !== formatShape(tensor.shape) || other.dtype !== tensor.dtype)) {
      throw new ShapeError(`compile: two inputs are named ${name}, ${formatPort(other)} and ${formatPort(tensor)}`);
    }
    this.inputs.set(name, tensor);
  }

  get count(): number {
    return this.#keys.size;
  }
}

/** Writes tensors into an ONNX graph, each distinct computation once. */
class GraphWriter implements Emitter {
  readonly nodes: NodeProto[] = [];
  readonly constants: TensorProto[] = [];
  readonly #names = new Map<number, string>();
  readonly #shared = new Map<string, string>();
  readonly #numbering: Numbering;
  readonly #known: ReadonlyMap<string, Float32Array>;
  readonly #reachable: number;
  readonly #taken: ReadonlySet<string>;
  #next = 0;

  /** @param outputs names that the graph's own values must leave free, as they do those of the inputs */
  constructor(numbering: Numbering, known: ReadonlyMap<string, Float32Array>, outputs: readonly string[]) {
    const both = outputs.find((name) => numbering.inputs.has(name));
    if (both !== undefined) throw new ShapeError(`compile: ${both} names both an input and an output`);
    this.#numbering = numbering;
    this.#known = known;
    this.#reachable = numbering.count;
    this.#taken = new Set([...outputs, ...numbering.inputs.keys()]);
  }

  value(tensor: Tensor): string {
    const number = this.#numbering.number(tensor);
    const existing = this.#names.get(number);
    if (existing !== undefined) return existing;
    const inputs = tensor.inputs.map((x) => this.value(x));
    const name = tensor.op.onnx(this, tensor, inputs);
    this.#names.set(number, name);
    return name;
  }

  existing(tensor: Tensor): string | undefined {
    return this.#numbering.number(tensor) < this.#reachable ? this.value(tensor) : undefined;
  }

  node(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, NodeAttribute>> = {},
    domain = '',
  ): string {
    const key = `${domain}${opType}(${inputs})${JSON.stringify(attributes)}`;
    return this.#share(key, (name) => this.nodes.push(nodeProto(opType, inputs, name, attributes, domain)));
  }

  constant(values: readonly number[], shape: Shape, dtype: DType): string {
    const key = `constant ${dtype}${formatShape(shape)} ${keyOf(values)}`;
    return this.#share(key, (name) => this.constants.push(tensorProto(name, values, shape, dtype)));
  }

  #share(key: string, make: (name: string) => void): string {
    const existing = this.#shared.get(key);
    if (existing !== undefined) return existing;
    const name = this.#freshName();
    this.#shared.set(key, name);
    make(name);
    return name;
  }

  #freshName(): string {
    const name = `t${this.#next++}`;
    return this.#taken.has(name) ? this.#freshName() : name;
  }

  input(tensor: Input): string {
    const { name } = tensor.attributes;
    const values = this.#known.get(name);
    if (values) {
      if (staticSize(tensor.shape) !== values.length) {
        throw new ShapeError(
          `compile: ${values.length} values given for ${name} of shape ${formatShape(tensor.shape)}`,
        );
      }
      this.constants.push(tensorProto(name, values, tensor.shape, tensor.dtype));
    }
    return name;
  }

  shape(shape: Shape): string {
    const fixed = shape.filter((dim): dim is number => typeof dim === 'number');
    if (fixed.length === shape.length) return this.constant(fixed, [fixed.length], 'int64');
    const parts = shape.map((dim) =>
      typeof dim === 'number' ? this.constant([dim], [1], 'int64') : this.#sizeOf(dim),
    );
    return parts.length === 1 ? parts[0] : this.node('Concat', parts, { axis: 0 });
  }

  #sizeOf(dim: Dim): string {
    for (const { attributes } of this.#numbering.inputs.values()) {
      const axis = attributes.shape.indexOf(dim);
      if (axis >= 0) return this.node('Shape', [attributes.name], { start: axis, end: axis + 1 });
    }
    throw new ShapeError(`compile: no input of the program has an axis named ${dim}`);
  }

  cast(value: string, to: DType): string {
    return this.node('Cast', [value], { to: dataTypeOf(to) });
  }
}

/**
 * Compiles tensors to an ONNX program.
 * @param outputs the tensors to compute, by the names that they have in the program
 * @throws ShapeError if two inputs of one name differ, an output has an input's name, or a named size is in no input
 */
export function compile(outputs: Readonly<Record<string, Tensor>>, options: CompileOptions = {}): Program {
  const known = options.constants ?? new Map<string, Float32Array>();
  const numbering = new Numbering();
  for (const tensor of Object.values(outputs)) numbering.number(tensor);
  const writer = new GraphWriter(numbering, known, Object.keys(outputs));
  for (const [name, tensor] of Object.entries(outputs)) {
    writer.nodes.push(nodeProto('Identity', [writer.value(tensor)], name, {}, ''));
  }
  const port = (name: string, { shape, dtype }: Signature): Port => ({ name, shape, dtype });
  const inputs = [...numbering.inputs.values()]
    .map((x) => port(x.attributes.name, x))
    .filter(({ name }) => !known.has(name));
  const outs = Object.entries(outputs).map(([name, tensor]) => port(name, tensor));
  const bytes = encodeModel({
    name: options.name ?? 'program',
    nodes: writer.nodes,
    inputs: inputs.map((p) => valueInfo(p.name, p)),
    outputs: outs.map((p) => valueInfo(p.name, p)),
    constants: writer.constants,
    metadata: options.metadata ?? {},
  });
  return { bytes, inputs, outputs: outs };
}
