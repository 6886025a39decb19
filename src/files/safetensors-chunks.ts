import type { StoredTensor } from './safetensors.js';
import { byteLength, layOut, type TensorForm } from './safetensors-layout.js';

/** An array that comes piece by piece, little-endian, as it would not fit in memory. */
export interface StreamedTensor extends TensorForm {
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * A safetensors file as a stream of bytes, the same as `encodeSafetensors` gives at once.
 *
 * @throws TypeError where a name is used twice, or an array has not as many bytes as its shape asks for
 */
export async function* safetensorsChunks(
  tensors: Iterable<readonly [string, StoredTensor | StreamedTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): AsyncGenerator<Uint8Array> {
  const { header, sorted } = layOut(tensors, metadata);
  yield header;
  for (const [name, tensor] of sorted) {
    let left = byteLength(tensor);
    for await (const chunk of 'chunks' in tensor ? tensor.chunks : [bytesOf(tensor)]) {
      left -= chunk.length;
      yield chunk;
    }
    const wrong = left < 0 ? 'more' : 'fewer';
    if (left !== 0) throw new TypeError(`tensor ${name} has ${Math.abs(left)} bytes ${wrong} than its shape takes`);
  }
}

function bytesOf({ data }: StoredTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
