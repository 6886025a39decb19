import { expect, it } from 'vitest';
import { encodeSafetensors, type StoredTensor } from '../../src/files/safetensors.js';
import { type StreamedTensor, safetensorsChunks } from '../../src/files/safetensors-chunks.js';

const small: [string, StoredTensor][] = [
  ['bytes', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) }],
  ['signed', { dtype: 'I8', shape: [2], data: Int8Array.of(-128, 127) }],
];
const values = Float32Array.from({ length: 6 }, (_, i) => i / 3);

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The same array in pieces of 5 bytes. */
function streamed(data: Float32Array, shape: readonly number[]): StreamedTensor {
  async function* chunks() {
    const bytes = new Uint8Array(data.buffer);
    for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5);
  }
  return { dtype: 'F32', shape, chunks: chunks() };
}

it('streams the bytes that encodeSafetensors gives at once', async () => {
  const whole = encodeSafetensors([...small, ['x', { dtype: 'F32', shape: [2, 3], data: values }]], { a: 'b' });
  expect(await collect(safetensorsChunks([...small, ['x', streamed(values, [2, 3])]], { a: 'b' }))).toEqual(whole);
});

it('refuses an array that is longer or shorter than its shape', async () => {
  await expect(collect(safetensorsChunks([['x', streamed(values, [5])]]))).rejects.toThrow(
    'tensor x has 4 bytes more than its shape takes',
  );
  await expect(collect(safetensorsChunks([['x', streamed(values, [7])]]))).rejects.toThrow(
    'tensor x has 4 bytes fewer than its shape takes',
  );
});
