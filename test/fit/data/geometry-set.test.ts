import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Geometry, geometryAt } from '../../../src/fit/data/geometry.js';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import { joinGeometries, selectGeometries } from '../../../src/fit/data/select-geometries.js';

const water: Geometry = {
  species: ['O', 'H', 'H'],
  positions: [0, 0, 0, 1, 0, 0, 0, 1, 0],
  cell: [5, 0, 0, 0, 5, 0, 0, 0, 5],
  ofNodes: { forces: { width: 3, data: [1, 2, 3, 4, 5, 6, 7, 8, 9] } },
  ofGraphs: { energy: [-10], dipole: [1, 2, 3] },
  texts: { kind: 'bulk' },
  source: { file: 'a.xyz', line: 1 },
};
const neon: Geometry = {
  species: ['Ne'],
  positions: [1, 2, 3],
  ofNodes: { charge: { width: 1, data: [0.5] } },
  ofGraphs: { energy: [-20] },
  source: { file: 'b.npz', frame: 2 },
};
const { NaN: none } = Number;

describe('a set of geometries', () => {
  it('puts columns one after the other, NaN where a geometry lacks one', () => {
    const set = geometrySet([water, neon, water]);
    expect(set.speciesNames).toEqual(['O', 'H', 'Ne']);
    expect([...set.species]).toEqual([0, 1, 1, 2, 0, 1, 1]);
    expect([...set.sizes]).toEqual([3, 1, 3]);
    expect([...set.first]).toEqual([0, 3, 4]);
    expect([...set.positions.subarray(9, 12)]).toEqual([1, 2, 3]);
    expect([...(set.periodic ?? [])]).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1]);
    expect(set.cells?.length).toBe(27);
    expect([...(set.cells?.subarray(9, 18) ?? [])]).toEqual(new Array(9).fill(0));
    expect([...set.ofGraphs.energy.data]).toEqual([-10, -20, -10]);
    expect([...set.ofGraphs.dipole.data]).toEqual([1, 2, 3, none, none, none, 1, 2, 3]);
    expect([...set.ofNodes.charge.data]).toEqual([none, none, none, 0.5, none, none, none]);
    expect(set.texts).toEqual({ kind: ['bulk', '', 'bulk'] });
    expect(set.sources[1]).toEqual({ file: 'b.npz', frame: 2 });
    expect(set.setAside).toEqual({ ofNodes: {}, ofGraphs: {} });
  });

  it('has no cells where no geometry has one', () => {
    expect(Object.keys(geometrySet([neon]))).not.toContain('cells');
  });

  it('gives its geometries back', () => {
    const set = geometrySet([water, neon]);
    const plain = (x: unknown) =>
      JSON.parse(JSON.stringify(x, (_, v) => (ArrayBuffer.isView(v) ? [...(v as Uint8Array)] : v)));
    expect(plain(geometryAt(set, 0))).toEqual({ ...water, periodic: [1, 1, 1], units: {} });
    expect(plain(geometryAt(set, 1))).toEqual({ ...neon, texts: {}, units: {} });
  });

  it('sets names aside whose rows have different widths, and says where', () => {
    const other: Geometry = { ...neon, ofGraphs: { energy: [1, 2] }, ofNodes: { forces: { width: 1, data: [0] } } };
    const set = geometrySet([water, other, water]);
    expect(set.ofGraphs.energy).toBeUndefined();
    expect(set.setAside).toEqual({
      ofGraphs: { energy: 'has 1 number in a.xyz:1, 2 numbers in b.npz, geometry 2' },
      ofNodes: { forces: 'has 3 numbers in a.xyz:1, 1 number in b.npz, geometry 2' },
    });
  });

  it('takes what is numbers here and text there for text', () => {
    const set = geometrySet([water, { ...neon, ofGraphs: {}, texts: { energy: 'unknown' } }]);
    expect(set.ofGraphs.energy).toBeUndefined();
    expect(set.texts.energy).toEqual(['-10', 'unknown']);
    expect(set.setAside.ofGraphs.energy).toBe('has numbers in a.xyz:1, but "unknown" in b.npz, geometry 2');
  });

  it.each<[string, Partial<Geometry>, string]>([
    ['no atoms', { species: [], positions: [] }, 'a.xyz:1: the geometry has no atoms'],
    ['NaN', { positions: [0, 0, 0, 0, none, 0, 0, 0, 0] }, 'a.xyz:1: the position of atom 2 is NaN, no finite number'],
    ['a cell of 6', { cell: [1, 2, 3, 4, 5, 6] }, 'a.xyz:1: the cell must be 9 finite numbers'],
    ['a cell of NaN', { cell: [none, 0, 0, 0, 1, 0, 0, 0, 1] }, 'a.xyz:1: the cell must be 9 finite numbers'],
    [
      'a flat cell',
      { cell: [1, 0, 0, 0, 1, 0, 1, 1, 0] },
      'a.xyz:1: the vectors of the cell that it repeats along span',
    ],
    ['no cell', { cell: undefined, periodic: [true, false, false] }, 'a.xyz:1: the geometry repeats, but has no cell'],
    ['two words', { periodic: [true, false] }, 'a.xyz:1: says along which vectors of the cell it repeats with 2 words'],
  ])('refuses a geometry with %s', (_, change, message) => {
    expect(() => geometrySet([{ ...water, ...change }])).toThrow(message);
  });

  it('takes a flat cell where the geometry does not repeat along what is flat', () => {
    const slab = { ...water, cell: [1, 0, 0, 0, 1, 0, 0, 0, 0], periodic: [1, 1, 0] };
    expect([...(geometrySet([slab]).periodic ?? [])]).toEqual([1, 1, 0]);
  });

  it('names the geometry of an array file', () => {
    expect(() => geometrySet([{ ...neon, positions: [0, 0, none] }])).toThrow(
      'b.npz, geometry 2: the position of atom 1',
    );
  });
});

describe('some geometries of a set', () => {
  it('are those geometries, with the species and columns of the set', () => {
    const set = geometrySet([water, neon, { ...water, ofGraphs: { energy: [-30] } }]);
    const some = selectGeometries(set, [2, 1, 1]);
    expect(some.speciesNames).toBe(set.speciesNames);
    expect([...some.sizes]).toEqual([3, 1, 1]);
    expect([...some.first]).toEqual([0, 3, 4]);
    expect([...some.species]).toEqual([0, 1, 1, 2, 2]);
    expect([...some.ofGraphs.energy.data]).toEqual([-30, -20, -20]);
    expect([...some.ofNodes.charge.data]).toEqual([none, none, none, 0.5, 0.5]);
    expect([...some.ofNodes.forces.data.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(some.texts.kind).toEqual(['bulk', '', '']);
    expect(some.sources.map(({ file }) => file)).toEqual(['a.xyz', 'b.npz', 'b.npz']);
    expect([...(some.periodic ?? [])]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0]);
    for (let k = 0; k < 3; k++) expect(geometryAt(some, k)).toEqual(geometryAt(set, [2, 1, 1][k]));
  });

  it('must be there', () => {
    expect(() => selectGeometries(geometrySet([water]), [1])).toThrow(RangeError);
  });
});

describe('joined sets', () => {
  const arbitrary = fc.array(fc.constantFrom(water, neon, { ...neon, ofGraphs: {} }), { minLength: 1, maxLength: 4 });

  it('hold what one set of all would hold', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (a, b) => {
        expect(joinGeometries([geometrySet(a), geometrySet(b)])).toEqual(geometrySet([...a, ...b]));
      }),
    );
  });

  it('set aside what one of them sets aside', () => {
    const uneven = geometrySet([neon, { ...neon, ofGraphs: { energy: [1, 2] } }]);
    const joined = joinGeometries([geometrySet([water]), uneven]);
    expect(joined.ofGraphs.energy).toBeUndefined();
    expect(joined.setAside.ofGraphs.energy).toContain('has 1 number in b.npz');
  });

  it('must not differ in units', () => {
    const [a, b] = ['eV', 'kcal/mol'].map((energy) => geometrySet([{ ...neon, units: { energy } }]));
    expect(() => joinGeometries([a, b])).toThrow('b.npz, geometry 2: energy is in kcal/mol there, in eV elsewhere');
  });
});
