import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { read } from '../../../src/fit/data/extended-xyz-geometries.js';
import type { Geometry } from '../../../src/fit/data/geometry.js';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import type { GeometrySet } from '../../../src/fit/data/geometry-set.js';
import { readGeometries } from '../../../src/fit/data/read-geometries.node.js';
import { formatGeometries, geometriesOf, withColumns } from '../../../src/fit/data/write-geometries.js';
import { textsOfUnits } from '../../../src/fit/units.js';
import { fixturePath } from '../../support/fixtures.js';

/** The set that a text holds, read again; its sources, which are other lines, as those of another. */
async function again(text: string, { sources }: GeometrySet): Promise<GeometrySet> {
  const geometries: Geometry[] = [];
  const bytes = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  for await (const geometry of read(bytes, 'x')) geometries.push(geometry);
  return { ...geometrySet(geometries), sources };
}

const source = { file: 'a.jsonl', line: 1 };
const hydrogen: Geometry = { species: ['H'], positions: [0, 0, 0], source };

describe('geometries as extended XYZ', () => {
  it.each(['ase.xyz', 'ethanol.xyz.gz', 'multipoles.xyz.gz', 'md17.npz', 'rmd17.npz'])(
    'are those of %s',
    async (name) => {
      const set = await readGeometries([fixturePath('fit', name)]);
      const back = await again(formatGeometries(geometriesOf(set)), set);
      // Units of energies are said in texts.
      const said = Object.entries(textsOfUnits(set.units)).map(([key, text]) => [key, [...set.sizes].map(() => text)]);
      expect(back).toEqual({ ...set, texts: { ...set.texts, ...Object.fromEntries(said) } });
    },
  );

  it('are the same, whatever they are', async () => {
    const number = fc.double({ noDefaultInfinity: true, noNaN: true });
    const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });
    const word = fc.string({ unit: 'grapheme', minLength: 1 });
    const geometry = fc.integer({ min: 1, max: 3 }).chain((n) =>
      fc.record({
        species: fc.array(fc.constantFrom('H', 'node', 'Xe1'), { minLength: n, maxLength: n }),
        positions: numbers(3 * n),
        ofNodes: numbers(2 * n).map((data) => ({ charge: { width: 2, data } })),
        ofGraphs: fc.record({ energy: numbers(1), field: fc.oneof(numbers(3), fc.constant([1, Number.NaN, 2])) }),
        texts: fc.record({ smiles: word.map((text) => `s${text}`.replace(/\r/g, '')) }),
        source: fc.constant(source),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(geometry, { minLength: 1, maxLength: 3 }), async (all) => {
        const set = geometrySet(all);
        expect(await again(formatGeometries(geometriesOf(set)), set)).toEqual(set);
      }),
    );
  });

  it('look as ASE writes them', () => {
    const text = formatGeometries([
      {
        ...hydrogen,
        ...{ cell: [2, 0, 0, 0, 3, 0, 0, 0, 4], periodic: [1, 1, 0] },
        ...{ ofGraphs: { energy: [-0.5], dipole: [1, 0, -0] }, texts: { kind: 'a b' } },
        ofNodes: { forces: { width: 3, data: [0, 1, Number.NaN] } },
      },
    ]);
    expect(text).toBe(
      '1\nProperties=species:S:1:pos:R:3:forces:R:3 Lattice="2 0 0 0 3 0 0 0 4" pbc="T T F" energy=-0.5 ' +
        'dipole="1 0 -0" kind="a b"\nH 0 0 0 0 1 nan\n',
    );
  });

  it('keep what says that nothing repeats, and comments that are plain text', async () => {
    const text = '1\nProperties=species:S:1:pos:R:3 pbc="F F F" energy=1\nH 0 0 0\n';
    const read1 = async (xyz: string): Promise<Geometry[]> => {
      const found: Geometry[] = [];
      for await (const one of read(
        (async function* () {
          yield new TextEncoder().encode(xyz);
        })(),
        'x',
      ))
        found.push(one);
      return found;
    };
    expect(formatGeometries(await read1(text))).toBe(text);
    expect(formatGeometries(await read1('1\nethanol\nH 0 0 0\n'))).toContain(' comment=ethanol\n');
  });

  it('may have further columns', () => {
    const set = withColumns(geometrySet([hydrogen]), {
      ofGraphs: { energy: { width: 1, data: Float64Array.of(-3) } },
      ofNodes: { forces: { width: 3, data: Float64Array.of(1, 2, 3) } },
    });
    expect(formatGeometries(geometriesOf(set))).toBe(
      '1\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-3\nH 0 0 0 1 2 3\n',
    );
    const short = { ofNodes: { forces: { width: 3, data: Float64Array.of(1) } } };
    expect(() => withColumns(set, short)).toThrow(RangeError);
  });

  it.each<[Partial<Geometry>, string]>([
    [{ species: ['a b'] }, 'a.jsonl:1: extended XYZ cannot hold the species "a b"; rename it'],
    [{ ofNodes: { 'a:b': { width: 1, data: [1] } } }, 'extended XYZ cannot hold a column named "a:b"; rename it'],
    [{ ofNodes: { pos: { width: 1, data: [1] } } }, 'extended XYZ cannot hold a column named "pos"; rename it'],
    [{ ofGraphs: { Lattice: [1] } }, 'extended XYZ cannot hold a value named "Lattice"; rename it'],
  ])('cannot hold %j', (change, message) => {
    expect(() => formatGeometries([{ ...hydrogen, ...change }])).toThrow(UserError);
    expect(() => formatGeometries([{ ...hydrogen, ...change }])).toThrow(message);
  });
});
