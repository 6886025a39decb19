import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { formatExtendedXyz, parseExtendedXyz, type XyzStructure } from '../../src/files/extended-xyz.js';

const FULL = `2
Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1 Lattice="5 0 0 0 5 0 0 0 5" time=0.3 note='two bodies' pbc="F F F" checked
H 0.0 1.5 -2e-1 .5 0 0 1
X  1 2 3.D0 0 0 0 -1
1

C 0 0 0
`;

const required = ['velocities', 'charges'];
const read = (comment: string, row: string) => parseExtendedXyz(`1\n${comment}\n${row}\n`, 'in.xyz', { required });

describe('parseExtendedXyz', () => {
  it('reads structures of different sizes, with and without properties', () => {
    const [first, second] = parseExtendedXyz(FULL, 'in.xyz');
    expect(first?.species).toEqual(['H', 'X']);
    expect(first?.positions).toEqual(Float64Array.of(0, 1.5, -0.2, 1, 2, 3));
    expect(first?.arrays.get('velocities')).toEqual({ columns: 3, data: Float64Array.of(0.5, 0, 0, 0, 0, 0) });
    expect(first?.arrays.get('charges')).toEqual({ columns: 1, data: Float64Array.of(1, -1) });
    const lattice = '5 0 0 0 5 0 0 0 5';
    expect(first?.info).toEqual({ Lattice: lattice, time: '0.3', note: 'two bodies', pbc: 'F F F', checked: 'T' });
    expect(second).toEqual({ species: ['C'], positions: Float64Array.of(0, 0, 0), arrays: new Map(), info: {} });
  });

  it.each(['vel', 'velo', 'velocities'])('takes %s for velocities, any order of columns', (vel) => {
    for (const charge of ['charge', 'charges', 'q', 'initial_charges']) {
      const [structure] = read(`Properties=${charge}:I:1:${vel}:R:3:pos:R:3`, '-1 4 5 6 1 2 3');
      expect(structure?.positions).toEqual(Float64Array.of(1, 2, 3));
      expect(structure?.arrays.get('velocities')?.data).toEqual(Float64Array.of(4, 5, 6));
      expect(structure?.arrays.get('charges')?.data).toEqual(Float64Array.of(-1));
      expect(structure?.species).toEqual(['X']);
    }
  });

  it('keeps other numbers and passes over other text', () => {
    const text = '1\r\nProperties=species:S:1:pos:R:3:tag:S:2:fixed:L:1:forces:R:3\r\nO 1 2 3 a b T 7 8 9\r\n\r\n';
    const [structure] = parseExtendedXyz(text, 'in.xyz');
    expect([...(structure?.arrays.keys() ?? [])]).toEqual(['fixed', 'forces']);
    expect(structure?.arrays.get('fixed')?.data).toEqual(Float64Array.of(1));
    expect(structure?.arrays.get('forces')?.data).toEqual(Float64Array.of(7, 8, 9));
  });

  it('keeps the names of the file on request, and NaN for what is missing', () => {
    const text =
      '1\nProperties=symbols:S:1:positions:R:3:charge:R:1:initial_charges:R:1:vel:R:2 a=[[1, 2], [3]]\nO 1 2 3 nan 5 NaN 7\n';
    const [structure] = parseExtendedXyz(text, 'in.xyz', { ownNames: true, missing: true });
    expect(structure?.species).toEqual(['O']);
    expect([...(structure?.arrays ?? [])].map(([name, { data }]) => [name, ...data])).toEqual([
      ['charge', Number.NaN],
      ['initial_charges', 5],
      ['vel', Number.NaN, 7],
    ]);
    expect(structure?.info).toEqual({ a: '[[1, 2], [3]]' });
    expect(() => parseExtendedXyz(text, 'in.xyz')).toThrow('Properties declares charges twice');
    const again = formatExtendedXyz(structure ? [structure] : [], { ownNames: true, missing: true });
    expect(again).toBe(
      '1\nProperties=species:S:1:pos:R:3:charge:R:1:initial_charges:R:1:vel:R:2 a="[[1, 2], [3]]"\nO 1 2 3 nan 5 nan 7\n',
    );
    const moved = { species: ['O'], positions: Float64Array.of(0, Number.NaN, 0), arrays: new Map(), info: {} };
    expect(() => formatExtendedXyz([moved], { missing: true })).toThrow(RangeError);
  });

  it('keeps the free text of plain XYZ', () => {
    const [structure] = parseExtendedXyz(`1\nmade by hand, it's "plain\nH 0 0 0`, 'in.xyz');
    expect(structure?.info).toEqual({ comment: `made by hand, it's "plain` });
    expect(parseExtendedXyz('1\n ethanol \nC 0 0 0\n', 'x')[0].info).toEqual({ comment: 'ethanol' });
  });

  it.each([
    ['', 'in.xyz: the file is empty'],
    ['two\n\nH 0 0 0', 'in.xyz:1: expected the number of bodies of a structure (1 or more), found "two"'],
    ['0\n\n', 'in.xyz:1: expected the number of bodies'],
    ['-1\n\n', 'in.xyz:1: expected the number of bodies'],
    ['3\n\nH 0 0 0\nH 0 0 0\n', 'in.xyz:1: the structure announces 3 bodies, the file ends after 2'],
    ['1\n\nH 0 0 0\nH 1 0 0\n', 'in.xyz:4: expected the number of bodies of a structure (1 or more), found "H 1 0 0"'],
    ['1', 'in.xyz:1: the structure announces 1 body, the file ends after 0'],
    ['1\n\nH 0 0\n', 'in.xyz:3: expected 4 columns (species:S:1, positions:R:3), found 3'],
    ['2\n\nH 0 0 0\n\nH 0 0 0', 'in.xyz:4: expected 4 columns (species:S:1, positions:R:3), found 0'],
    ['2\n\nH 0 0 0\nH 0 x 0\n', 'in.xyz:4: column 3 (positions) must be a finite number, not "x"'],
    ['1\n\nH 0 NaN 0\n', 'must be a finite number, not "NaN"'],
    ['1\n\nH 0 1e999 0\n', 'must be a finite number, not "1e999"'],
    ['1\n\nH 0 0x10 0\n', 'must be a finite number, not "0x10"'],
    ['1\nProperties=species:S:1\nH\n', 'in.xyz:2: the structure has no positions (accepted names: pos, positions)'],
    ['1\nProperties=pos:R:2\n1 2\n', 'in.xyz:2: the property pos:R:2 must be pos:R:3'],
    ['1\nProperties=pos:S:3\n1 2 3\n', 'in.xyz:2: the property pos:S:3 must be pos:R:3'],
    ['1\nProperties=pos:R\n1 2 3\n', 'in.xyz:2: Properties must be name:kind:columns triples'],
    ['1\nProperties=pos:Q:3\n1 2 3\n', 'in.xyz:2: Properties gives pos the kind "Q"'],
    ['1\nProperties=pos:R:3:a:R:0\n1 2 3\n', 'in.xyz:2: Properties gives "a" "0" columns'],
    ['1\nProperties=pos:R:3:vel:R:3:velo:R:3\n1 2 3\n', 'in.xyz:2: Properties declares velocities twice'],
    ['1\nProperties=pos:R:3:ok:L:1\n1 2 3 yes\n', 'in.xyz:3: column 4 (ok) must be T or F, not "yes"'],
    ['1\nProperties=pos:R:3 note="open\n1 2 3\n', 'in.xyz:2: cannot read the comment at "note="open"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseExtendedXyz(text, 'in.xyz')).toThrow(UserError);
    expect(() => parseExtendedXyz(text, 'in.xyz')).toThrow(message);
  });

  it('refuses numbers that are too large where it is told so', () => {
    const huge = (row: string, largest?: number) => () =>
      parseExtendedXyz(`1\nProperties=pos:R:3:a:R:1\n${row}`, 'in.xyz', { largest });
    expect(huge('0 -1e30 0 0', 1e18)).toThrow(
      'in.xyz:3: column 2 (positions) must be a number from -1e18 to 1e18, not "-1e30"',
    );
    expect(huge('0 -1e30 0 0')).not.toThrow();
    expect(huge('0 1e18 0 1e30', 1e18)).not.toThrow();
  });

  it('says which columns a command needs', () => {
    expect(() => read('Properties=pos:R:3:q:R:1', '0 0 0 1')).toThrow(
      'in.xyz:2: the structure has no velocities (accepted names: vel, velo, velocities); ' +
        'write columns like Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1',
    );
    expect(() => read('Properties=pos:R:3:momenta:R:3', '0 0 0 1 1 1')).toThrow('divided by the masses');
    expect(() => read('Properties=pos:R:3:vel:R:3', '0 0 0 1 1 1')).toThrow('the structure has no charges');
  });
});

describe('formatExtendedXyz', () => {
  it('writes what other programs read', () => {
    const arrays = new Map([
      ['velocities', { columns: 3, data: Float64Array.of(0.1, 0, -0) }],
      ['charges', { columns: 1, data: Float64Array.of(-1) }],
    ]);
    const structure: XyzStructure = {
      species: ['H'],
      positions: Float64Array.of(1, 2.5, 1e-7),
      arrays,
      info: { by: 'a "b"' },
    };
    expect(formatExtendedXyz([structure])).toBe(
      '1\nProperties=species:S:1:pos:R:3:vel:R:3:charge:R:1 by="a \\"b\\""\nH 1 2.5 1e-7 0.1 0 -0 -1\n',
    );
  });

  it('keeps every digit and every key', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const key = fc.string({ minLength: 1 }).filter((text) => text !== 'Properties' && !/[\r\0]/.test(text));
    const structures = fc.array(
      fc.integer({ min: 1, max: 4 }).chain((n) =>
        fc.record({
          species: fc.array(fc.constantFrom('H', 'C', 'Xe'), { minLength: n, maxLength: n }),
          positions: fc.float64Array({ minLength: 3 * n, maxLength: 3 * n, noNaN: true, noDefaultInfinity: true }),
          arrays: fc
            .array(number, { minLength: 2 * n, maxLength: 2 * n })
            .map((data) => new Map([['pair', { columns: 2, data: Float64Array.from(data) }]])),
          info: fc.dictionary(
            key,
            fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\r')),
          ),
        }),
      ),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(structures, (all) => {
        expect(parseExtendedXyz(formatExtendedXyz(all), 'x')).toEqual(all);
      }),
    );
  });

  it('refuses numbers that are none', () => {
    const structure = { species: ['H'], arrays: new Map(), info: {} };
    expect(() => formatExtendedXyz([{ ...structure, positions: Float64Array.of(1, Number.NaN, 0) }])).toThrow(
      RangeError,
    );
    expect(() => formatExtendedXyz([{ ...structure, positions: Float64Array.of(1) }])).toThrow(RangeError);
  });
});
