import { fromBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { compile, type Program, type Tensor } from '../../src/tensor/index.js';

/** The ONNX file of a program, decoded. */
export const decode = ({ bytes }: Program): ModelProto => fromBinary(ModelProtoSchema, bytes);

/** The types of a program's nodes in order, without the Identity nodes that name the outputs. */
export function nodeTypes(outputs: Readonly<Record<string, Tensor>>): string[] {
  const nodes = decode(compile(outputs)).graph?.node ?? [];
  return nodes.map(({ opType }) => opType).filter((type) => type !== 'Identity');
}
