import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../src/files/safetensors.js';

/** A file put together by hand, byte by byte, from the format's description. */
function assemble(header: string, data: readonly number[] = [], length = header.length): Uint8Array {
  const start = [length & 255, (length >> 8) & 255, (length >> 16) & 255, 0, 0, 0, 0, 0];
  return Uint8Array.from([...start, ...new TextEncoder().encode(header), ...data]);
}

const tensor = (dtype: string, shape: readonly unknown[], begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
const ONE = [0, 0, 0x80, 0x3f]; // 1 as float32, little-endian

describe('decodeSafetensors', () => {
  it('reads a file written by hand', () => {
    const header = `{"__metadata__":{"model":"egnn"},"b":${tensor('I32', [2, 1], 4, 12)},"a":${tensor('F32', [], 0, 4)}}`;
    const { tensors, metadata } = decodeSafetensors(assemble(header, [...ONE, 255, 255, 255, 255, 7, 0, 0, 0]));
    expect(metadata).toEqual({ model: 'egnn' });
    expect(tensors.get('a')).toEqual({ dtype: 'F32', shape: [], data: Float32Array.of(1) });
    expect(tensors.get('b')).toEqual({ dtype: 'I32', shape: [2, 1], data: Int32Array.of(-1, 7) });
  });

  it('reads from the middle of a buffer', () => {
    const file = assemble(`{"a":${tensor('F32', [1], 0, 4)}}`, ONE);
    const larger = new Uint8Array(file.length + 3);
    larger.set(file, 3);
    expect(decodeSafetensors(larger.subarray(3)).tensors.get('a')?.data).toEqual(Float32Array.of(1));
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'w.st: not a safetensors file, it has only 0 bytes'],
    ['another format', new TextEncoder().encode('<!DOCTYPE html><html></html>'), 'w.st: not a safetensors file'],
    [
      'a header longer than the file',
      assemble('{}', [], 100),
      'w.st: the file is cut short: its header takes 100 bytes',
    ],
    ['a header that is no JSON', assemble('{"a":'), 'its header is not a JSON object'],
    ['metadata that is no text', assemble('{"__metadata__":{"a":1}}'), '__metadata__ must map names to text'],
    ['an entry that is no object', assemble('{"a":3}'), 'tensor "a" has the dtype undefined'],
    ['bfloat16', assemble(`{"a":${tensor('BF16', [2], 0, 4)}}`, ONE), 't.float() for name, t in tensors.items()'],
    ['an inherited name as dtype', assemble(`{"a":${tensor('toString', [], 0, 4)}}`, ONE), 'has the dtype "toString"'],
    ['a negative size', assemble(`{"a":${tensor('F32', [-1], 0, 4)}}`, ONE), 'has the shape [-1]'],
    ['a broken size', assemble(`{"a":${tensor('F32', [0.5, 2], 0, 4)}}`, ONE), 'has the shape [0.5,2]'],
    ['too few bytes', assemble(`{"a":${tensor('F32', [2], 0, 4)}}`, ONE), 'F32 of shape [2] takes 8 bytes, not 4'],
    ['an overflowing shape', assemble(`{"a":${tensor('F32', [2 ** 53 - 1, 2 ** 53 - 1], 0, 4)}}`, ONE), 'takes'],
    ['offsets backwards', assemble(`{"a":${tensor('F32', [1], 4, 0)}}`, ONE), 'takes 4 bytes, not -4'],
    [
      'data that is missing',
      assemble(`{"a":${tensor('F32', [2], 0, 8)}}`, ONE),
      'ends at byte 8 of the data, 4 are there',
    ],
    ['data beyond the end', assemble(`{"a":${tensor('F32', [1], 4, 8)}}`, ONE), 'the file is cut short'],
    [
      'overlapping tensors',
      assemble(`{"a":${tensor('F32', [2], 0, 8)},"b":${tensor('F32', [1], 4, 8)}}`, [...ONE, ...ONE]),
      'tensor "b" overlaps another',
    ],
    ['a hole', assemble(`{"a":${tensor('F32', [1], 4, 8)}}`, [...ONE, ...ONE]), 'tensor "a" leaves a hole before it'],
    ['bytes left over', assemble(`{"a":${tensor('F32', [1], 0, 4)}}`, [...ONE, 0]), '1 bytes at its end'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'w.st')).toThrow(UserError);
    expect(() => decodeSafetensors(bytes, 'w.st')).toThrow(message);
  });

  it('never fails in another way, whatever byte is damaged', () => {
    const good = encodeSafetensors([['a', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]], { k: 'v' });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
        const bad = good.slice(0, length);
        if (at < length) bad[at] = value;
        try {
          decodeSafetensors(bad);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('encodeSafetensors', () => {
  const mixed: [string, StoredTensor][] = [
    ['steps', { dtype: 'I64', shape: [2], data: BigInt64Array.of(-5n, 2n ** 40n) }],
    ['weight', { dtype: 'F32', shape: [1, 3], data: Float32Array.of(1, -2.5, Number.NaN) }],
    ['loss', { dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) }],
    ['none', { dtype: 'I32', shape: [0, 4], data: new Int32Array() }],
    ['naïve "name"', { dtype: 'I32', shape: [1], data: Int32Array.of(3) }],
  ];

  it('writes what decodeSafetensors reads', () => {
    const file = decodeSafetensors(encodeSafetensors(mixed, { config: '{"a":1}', note: 'ünï' }));
    expect(new Map(file.tensors)).toEqual(new Map(mixed));
    expect(file.metadata).toEqual({ config: '{"a":1}', note: 'ünï' });
    expect(decodeSafetensors(encodeSafetensors([])).tensors.size).toBe(0);
  });

  it('aligns the data: a header of a multiple of 8 bytes, wide elements first', () => {
    const bytes = encodeSafetensors(mixed);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(Object.keys(header)).toEqual(['loss', 'steps', 'naïve "name"', 'none', 'weight']);
    expect(header.steps).toEqual({ dtype: 'I64', shape: [2], data_offsets: [8, 24] });
  });

  it('gives the same bytes for the same content in any order', () => {
    expect(encodeSafetensors(mixed.toReversed())).toEqual(encodeSafetensors(mixed));
  });

  it('writes the part of a buffer that a view shows', () => {
    const data = Float32Array.of(1, 2, 3).subarray(1, 2);
    const { tensors } = decodeSafetensors(encodeSafetensors([['a', { dtype: 'F32', shape: [1], data }]]));
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(2));
  });

  it('refuses arrays that do not fit and names that are taken', () => {
    const data = Float32Array.of(1, 2);
    expect(() => encodeSafetensors([['a', { dtype: 'F32', shape: [3], data }]])).toThrow(TypeError);
    const twice: [string, StoredTensor] = ['a', { dtype: 'F32', shape: [2], data }];
    expect(() => encodeSafetensors([twice, twice])).toThrow('two tensors are called a');
    expect(() => encodeSafetensors([['__metadata__', twice[1]]])).toThrow(TypeError);
  });
});
