import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { decodeNpy, encodeNpy } from '../../src/files/npy.js';
import { readNpyFile, writeNpyFile } from '../../src/files/npy-file.node.js';

/** Files written by NumPy 2.4.6: the header is filled up with blanks. */
function written(version: number, header: string, data: string): Uint8Array {
  const length = version === 1 ? 'dgA=' : 'dAAAAA==';
  const text = `${header.padEnd(version === 1 ? 117 : 115)}\n`;
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from('NUMPY'), version, 0]),
    Buffer.from(length, 'base64'),
    Buffer.from(text, 'latin1'),
    Buffer.from(data, 'base64'),
  ]);
}
const head = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

const thirds = written(1, head('<f8', '(2, 3)'), 'AAAAAAAAAABVVVVVVVXVP1VVVVVVVeU/AAAAAAAA8D9VVVVVVVX1P6uqqqqqqvo/');

describe('.npy files of NumPy', () => {
  it.each([
    ['doubles', thirds, [2, 3], Float64Array.from([0, 1, 2, 3, 4, 5], (k) => k / 3)],
    ['floats', written(1, head('<f4', '(2,)'), 'AAAAPwAAoL8='), [2], Float32Array.of(0.5, -1.25)],
    ['ints', written(1, head('<i4', '(2, 2)'), 'AAAAAAEAAAACAAAAAwAAAA=='), [2, 2], Int32Array.of(0, 1, 2, 3)],
    ['longs', written(1, head('<i8', '(2,)'), 'AAAAAAABAAD//////////w=='), [2], BigInt64Array.of(2n ** 40n, -1n)],
    ['bytes', written(1, head('|u1', '(2,)'), 'Af8='), [2], Uint8Array.of(1, 255)],
    ['truths', written(1, head('|b1', '(2,)'), 'AQA='), [2], Uint8Array.of(1, 0)],
    ['shorts', written(1, head('<i2', '(1,)'), '/v8='), [1], Int16Array.of(-2)],
    ['version 2', written(2, head('<f8', '(1, 1)'), 'AAAAAAAA+D8='), [1, 1], Float64Array.of(1.5)],
    ['a scalar', written(1, head('<f8', '()'), 'AAAAAAAADEA='), [], Float64Array.of(3.5)],
  ])('with %s are read', (_, bytes, shape, data) => {
    expect(decodeNpy(bytes)).toEqual({ shape, data });
  });

  it('are transposed out of Fortran order', () => {
    const data =
      'AAAAAAAAQEEAAIBAAACAQQAAAEEAAKBBAACAPwAAUEEAAKBAAACIQQAAEEEAAKhBAAAAQAAAYEEAAMBAAACQQQAAIEEAALBB' +
      'AABAQAAAcEEAAOBAAACYQQAAMEEAALhB';
    const array = decodeNpy(written(1, head('<f4', '(2, 3, 4)', 'True'), data));
    expect(array).toEqual({ shape: [2, 3, 4], data: Float32Array.from({ length: 24 }, (_, k) => k) });
  });

  it('are written byte for byte', () => {
    expect(Buffer.from(encodeNpy(decodeNpy(thirds)))).toEqual(Buffer.from(thirds));
    const ints = written(1, head('<i4', '(2,)'), 'AAAAAAEAAAA=');
    expect(Buffer.from(encodeNpy({ shape: [2], data: Int32Array.of(0, 1) }))).toEqual(Buffer.from(ints));
  });

  it('are read at any address', () => {
    const shifted = new Uint8Array(thirds.length + 1);
    shifted.set(thirds, 1);
    expect(decodeNpy(shifted.subarray(1)).data[5]).toBeCloseTo(5 / 3, 15);
  });
});

describe('bad .npy files', () => {
  const nan = new Uint8Array(100).fill(32);
  it.each([
    ['no such file', nan, 'is not a .npy file: it does not start with the letters NUMPY'],
    ['an empty file', new Uint8Array(0), 'is not a .npy file: it does not start with the letters NUMPY'],
    ['version 9', Uint8Array.from(thirds, (byte, i) => (i === 6 ? 9 : byte)), 'is a .npy file of version 9'],
    ['a cut header', thirds.subarray(0, 50), 'is cut short: its header needs 118 bytes, found 40'],
    ['a cut prefix', thirds.subarray(0, 9), 'is cut short: it ends inside its header'],
    ['cut data', thirds.subarray(0, 170), 'is cut short: shape (2, 3) of <f8 needs 48 bytes of data, found 42'],
    ['more data', Buffer.concat([thirds, nan]), 'is too long: shape (2, 3) of <f8 needs 48 bytes of data, found 148'],
    ['halves', written(1, head('<f2', '(1,)'), 'ADw='), 'holds numbers of dtype <f2; only <f8, <f4, <i8, <i4'],
    ['big-endian', written(1, head('>f8', '(1,)'), 'P/AAAAAAAAA='), 'holds numbers of dtype >f8'],
    ['a record', written(1, "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", ''), 'dtype other'],
    ['no shape', written(1, "{'descr': '<f8', 'fortran_order': False}", ''), 'has a damaged header'],
  ])('%s: the error says so', (_, bytes, message) => {
    expect(() => decodeNpy(bytes, 'x.npy')).toThrow(UserError);
    expect(() => decodeNpy(bytes, 'x.npy')).toThrow(`x.npy `);
    expect(() => decodeNpy(bytes, 'x.npy')).toThrow(message);
  });

  it('cannot be made from a shape that does not fit', () => {
    expect(() => encodeNpy({ shape: [2], data: Float64Array.of(1) })).toThrow(RangeError);
  });
});

describe('.npy files on disk', () => {
  it('come back as they were', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clofnet-npy-'));
    try {
      const array = { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };
      await writeNpyFile(join(folder, 'a.npy'), array);
      expect(await readNpyFile(join(folder, 'a.npy'))).toEqual(array);
      await expect(readNpyFile(join(folder, 'b.npy'))).rejects.toThrow(/^cannot read .*b\.npy: no such file$/);
      await expect(readNpyFile(folder)).rejects.toThrow('it is a folder, not a file');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
