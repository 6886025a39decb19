import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { DType, Shape, Signature } from './shape.js';
import type { NodeAttribute } from './tensor.js';

/** The ONNX operator set that programs are written in. */
const OPSET = 20n;
const CONTRIB_OPSET = 1n;
const IR_VERSION = 10;

const dataTypes: Record<DType, DataType> = {
  float32: DataType.FLOAT,
  float64: DataType.DOUBLE,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
};

/** The number by which ONNX knows a dtype. */
export const dataTypeOf = (dtype: DType): number => dataTypes[dtype];

function attributeProto(name: string, value: NodeAttribute): AttributeProto {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === 'string')
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if ('float' in value) return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

/** One ONNX node with a single output. */
export function nodeProto(
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, NodeAttribute>>,
  domain: string,
): NodeProto {
  const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
  return create(NodeProtoSchema, { opType, input: [...inputs], output: [output], attribute, domain });
}

/** Raw little-endian bytes of numbers in a dtype. */
function rawData(values: ArrayLike<number>, dtype: DType): Uint8Array<ArrayBuffer> {
  if (dtype === 'float32') return new Uint8Array(Float32Array.from(values).buffer);
  if (dtype === 'float64') return new Uint8Array(Float64Array.from(values).buffer);
  if (dtype === 'int32') return new Uint8Array(Int32Array.from(values).buffer);
  if (dtype === 'int64') return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return Uint8Array.from(values, (value) => Number(value !== 0));
}

/** A constant stored in the program. */
export const tensorProto = (name: string, values: ArrayLike<number>, shape: Shape, dtype: DType): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dims: shape.map((dim) => BigInt(dim)),
    dataType: dataTypes[dtype],
    rawData: rawData(values, dtype),
  });

/** The declaration of a program's input or output. */
export function valueInfo(name: string, { shape, dtype }: Signature): ValueInfoProto {
  const dim = shape.map((d) => ({
    value:
      typeof d === 'string' ? { case: 'dimParam' as const, value: d } : { case: 'dimValue' as const, value: BigInt(d) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: dataTypes[dtype], shape: { dim } } } },
  });
}

export interface ModelParts {
  readonly name: string;
  readonly nodes: NodeProto[];
  readonly inputs: ValueInfoProto[];
  readonly outputs: ValueInfoProto[];
  readonly constants: TensorProto[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of an ONNX file. */
export function encodeModel({
  name,
  nodes,
  inputs,
  outputs,
  constants,
  metadata,
}: ModelParts): Uint8Array<ArrayBuffer> {
  const usesContrib = nodes.some((node) => node.domain === 'com.microsoft');
  const contrib = usesContrib ? [{ domain: 'com.microsoft', version: CONTRIB_OPSET }] : [];
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSION),
    producerName: 'clofnet',
    opsetImport: [{ domain: '', version: OPSET }, ...contrib],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: { name, node: nodes, input: inputs, output: outputs, initializer: constants },
  });
  return new Uint8Array(toBinary(ModelProtoSchema, model));
}
