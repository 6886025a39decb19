import { describe, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../../src/files/extended-xyz.js';
import { writeXyz } from '../../../src/molecules/formats/xyz-write.js';
import type { Molecule } from '../../../src/molecules/molecule.js';

const water: Molecule = {
  name: 'my water',
  smiles: 'O',
  atomicNumbers: Uint8Array.of(8, 1, 1),
  charges: new Int8Array(3),
  bonds: { begin: Int32Array.of(0, 0), end: Int32Array.of(1, 2), type: Uint8Array.of(1, 1) },
  centres: [],
  stereoBonds: [],
};
const coordinates = Float32Array.of(0, 0, 0.1173, 0, 0.7572, -0.4692, -0, -0.7572, -0.4692);

describe('writeXyz', () => {
  it('writes what programs that know XYZ read', () => {
    expect(writeXyz(water, [{ coordinates, notes: { energy: -1.5 } }])).toBe(
      [
        '3',
        'Properties=species:S:1:pos:R:3 name="my water" smiles=O energy=-1.5',
        'O 0 0 0.1173',
        'H 0 0.7572 -0.4692',
        'H 0 -0.7572 -0.4692',
        '',
      ].join('\n'),
    );
  });

  it('writes as many structures as there are, and SMILES of any signs', () => {
    const molecule = { ...water, name: '', smiles: 'C[C@H](F)/C=C\\[O-]' };
    const structures = parseExtendedXyz(
      writeXyz(
        molecule,
        [0, 1, 2].map((step) => ({ coordinates: coordinates.map((x) => x * step), notes: { step } })),
      ),
      'out.xyz',
    );
    expect(structures.map(({ info }) => info)).toEqual(
      [0, 1, 2].map((step) => ({ smiles: molecule.smiles, step: `${step}` })),
    );
    expect(structures[2].positions[4]).toBeCloseTo(2 * 0.7572, 5);
    expect(structures[2].species).toEqual(['O', 'H', 'H']);
  });

  it('refuses coordinates that are none', () => {
    const of = (list: Float32Array) => () => writeXyz(water, [{ coordinates: list }]);
    expect(of(coordinates.subarray(1))).toThrow('a molecule of 3 atoms has 9 coordinates, not 8');
    expect(of(coordinates.map((x, k) => (k === 4 ? Number.NaN : x)))).toThrow('a coordinate of atom 2 is NaN');
  });
});
