import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { encodeNpy } from '../../src/files/npy.js';
import { decodeNpz } from '../../src/files/npz.js';

/** A file by its header and its data. */
function npy(descr: string, shape: string, data: readonly number[]): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
  return Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0, ...Buffer.from(`${header}\n`), ...data);
}
const letters = (text: string) => [...text].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]);

describe('.npz files', () => {
  it('hold arrays of numbers and of text, packed or not', () => {
    const files = {
      'a.npy': encodeNpy({ shape: [1, 2], data: Float64Array.of(1, 2) }),
      'unit.npy': npy('<U3', '()', letters('eV\0')),
      'names.npy': npy('|S2', '(2,)', [67, 108, 72, 0]),
      'z.npy': npy('<c16', '(1,)', new Array(16).fill(0)),
      'readme.txt': Buffer.from('text'),
    };
    for (const level of [0, 9] as const) {
      const { arrays, texts, others } = decodeNpz(zipSync(files, { level }), 'a.npz');
      expect([...arrays]).toEqual([['a', { shape: [1, 2], data: Float64Array.of(1, 2) }]]);
      expect([...texts]).toEqual([
        ['unit', { shape: [], data: ['eV'] }],
        ['names', { shape: [2], data: ['Cl', 'H'] }],
      ]);
      expect([...others]).toEqual([['z', '<c16']]);
    }
  });

  it.each([
    ['no archive', Buffer.from('PK?'), 'a.npz is not a .npz file: no zip archive'],
    [
      'a cut archive',
      zipSync({ 'a.npy': npy('<f8', '()', []) }).subarray(0, 60),
      'a.npz: the .npz file is damaged or cut',
    ],
    [
      'a cut array',
      zipSync({ 'a.npy': npy('<f8', '()', [1]) }),
      'a.npz, array a, is cut short: shape () of <f8 needs 8',
    ],
    ['no array', zipSync({ 'a.npy': Buffer.from('x') }), 'a.npz, array a, is not a .npy file'],
  ])('of %s are refused', (_, bytes, message) => {
    expect(() => decodeNpz(bytes, 'a.npz')).toThrow(UserError);
    expect(() => decodeNpz(bytes, 'a.npz')).toThrow(message);
  });
});
