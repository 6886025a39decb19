import { decode, encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { MsgpackStream } from '../../src/files/msgpack-stream.js';

/** Bytes in pieces of a size; `taken` counts the pieces that were asked for. */
function pieces(bytes: Uint8Array, size: number) {
  const source = {
    taken: 0,
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < bytes.length; at += size) {
        source.taken += 1;
        yield bytes.subarray(at, at + size);
      }
    },
  };
  return source;
}

const streamOf = (bytes: Uint8Array, size = 7, options = {}) => new MsgpackStream(pieces(bytes, size), 'f', options);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Everything of JSON, and what only MessagePack has. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('any'), { maxLength: 40 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('any'),
      { maxKeys: 20, noNullPrototype: true },
    ),
  ),
})).any;

describe('MsgpackStream', () => {
  it('reads one object after the other, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), async (values, size) => {
        const parts = values.map((one) => encode(one));
        const stream = streamOf(joined(...parts), size);
        let position = 0;
        for (const i of values.keys()) {
          expect(stream.position).toBe(position);
          // Not the value itself: -0 is written as 0.
          expect(await stream.read()).toEqual(decode(parts[i]));
          position += parts[i].length;
        }
        expect(await stream.atEnd()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('reads heads of every width', async () => {
    // From the specification: nil, bin 8, ext 8, float 32, uint 16, fixext 4, str 8, array 16, map 32, ints.
    const bytes = [0xc0, 0xc4, 1, 9, 0xc7, 2, 5, 1, 2, 0xca, 0x3f, 0x80, 0, 0, 0xcd, 1, 0, 0xd6, 5, 1, 2, 3, 4];
    bytes.push(0xd9, 1, 0x61, 0xdc, 0, 1, 0xff, 0xdf, 0, 0, 0, 1, 0xa1, 0x62, 0xd1, 0xff, 0xfe);
    const stream = streamOf(Uint8Array.from(bytes), 1);
    const read = [];
    while (!(await stream.atEnd())) read.push(await stream.read());
    expect(read[0]).toBeNull();
    expect(read[1]).toEqual(Uint8Array.of(9));
    expect(read.slice(3)).toEqual([1, 256, expect.anything(), 'a', [-1], { b: -2 }]);
  });

  it('enters a map, whose entries are read one by one and no further', async () => {
    const entries = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key ${i}`, 'x'.repeat(1000)]));
    const source = pieces(joined(encode(entries), encode({ last: 1 })), 1000);
    const stream = new MsgpackStream(source, 'f');
    expect(await stream.enterMap()).toBe(1000);
    expect([await stream.read(), await stream.read()]).toEqual(['key 0', 'x'.repeat(1000)]);
    expect(source.taken).toBeLessThan(5);
    for (let i = 1; i < 1000; i++) expect([await stream.read(), await stream.read()][0]).toBe(`key ${i}`);
    expect([await stream.enterMap(), await stream.read(), await stream.read()]).toEqual([1, 'last', 1]);
    expect(await stream.atEnd()).toBe(true);
  });

  it('says where the stream is cut short, at whatever byte', async () => {
    const whole = joined(encode('first'), encode({ a: [1, 2, 'three'], b: new Uint8Array(20) }));
    for (let length = 7; length < whole.length; length++) {
      const stream = streamOf(whole.subarray(0, length));
      await stream.read();
      await expect(stream.read()).rejects.toThrow('f: damaged MessagePack at byte 6: the file is cut short');
    }
  });

  it.each<[string, Uint8Array, string]>([
    [
      'a byte that begins nothing',
      Uint8Array.of(0x92, 0x01, 0xc1),
      'at byte 0: a byte that begins nothing, 2 bytes on',
    ],
    ['a length beyond all reason', Uint8Array.of(0xc6, 0xff, 0xff, 0xff, 0xff), 'an object of more than 100 bytes'],
    ['a map with a number of entries beyond all reason', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff), 'cut short'],
    ['keys that are lists', Uint8Array.of(0x81, 0x90, 0x01), 'an object that cannot be read'],
    ['a dangerous key', joined(Uint8Array.of(0x81), encode('__proto__'), encode(1)), 'an object that cannot be read'],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(streamOf(bytes, 7, { largest: 100 }).read()).rejects.toThrow(UserError);
    await expect(streamOf(bytes, 7, { largest: 100 }).read()).rejects.toThrow(message);
  });

  it('enters nothing but a map', async () => {
    await expect(streamOf(encode([1])).enterMap()).rejects.toThrow('f: damaged MessagePack at byte 0: expected a map');
    await expect(streamOf(new Uint8Array()).enterMap()).rejects.toThrow('cut short');
  });

  it('never fails in another way, whatever byte is damaged', async () => {
    const good = encode({ CCO: { conformers: [{ xyz: [[6, 0.5, 1.5, 2.5]] }] } });
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bad = good.slice();
        bad[at] = byte;
        const error = await streamOf(bad)
          .read()
          .then(
            () => undefined,
            (reason: unknown) => reason,
          );
        if (error !== undefined) expect(error).toBeInstanceOf(UserError);
      }),
      { numRuns: 300 },
    );
  });
});
