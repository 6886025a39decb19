import { readFileSync } from 'node:fs';
import { Molecule as Ocl } from 'openchemlib';
import { describe, expect, it } from 'vitest';
import { textLines } from '../../../src/files/text-lines.js';
import { parseSdf, readSdf, type SdfRecord } from '../../../src/molecules/formats/sdf-read.js';
import { writeSdf } from '../../../src/molecules/formats/sdf-write.js';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { OWN_FIXTURES } from '../../support/fixtures.js';
import { expectClose } from '../../support/numeric.js';

interface MolBlocks {
  readonly records: readonly { smiles: string; v2000: string; v3000: string; drawn: string }[];
}

const { records }: MolBlocks = JSON.parse(readFileSync(`${OWN_FIXTURES}/molecules/mol_blocks.json`, 'utf8'));
const blocks = records.map(({ v2000 }) => v2000);
const sdf = blocks.map((block) => `${block}> <rank>\n1\n\n$$$$\n`).join('');

/** The only record of a text. */
function read(text: string): SdfRecord {
  const [result] = parseSdf(text, 'in.sdf');
  if (!result || 'error' in result) throw new Error(result?.error ?? 'no record');
  return result.record;
}

const errorOf = (text: string): string => {
  const [result] = parseSdf(text, 'in.sdf');
  return result && 'error' in result ? result.error : 'no error';
};

/** What a molecule is, but for its name and how its SMILES is spelt. */
const chemistry = ({ atomicNumbers, charges, bonds, centres, stereoBonds }: Molecule) => ({
  atomicNumbers,
  charges,
  bonds,
  centres,
  stereoBonds,
});

/** A record with one line changed, counted from 1. */
const withLine = (block: string, number: number, change: (line: string) => string | undefined): string =>
  block
    .split('\n')
    .flatMap((line, k) => (k + 1 === number ? (change(line) ?? []) : line))
    .join('\n');

describe('parseSdf', () => {
  it.each(records)('reads $smiles as its SMILES is read: V2000, V3000, drawn', ({ smiles, v2000, v3000, drawn }) => {
    const wanted = chemistry(parseSmiles(smiles));
    expect(read(v2000).molecule.smiles).toBe(parseSmiles(smiles).smiles);
    expect(chemistry(read(v2000).molecule)).toEqual(wanted);
    expect(chemistry(read(v3000).molecule)).toEqual(wanted);
    expect(chemistry(read(drawn).molecule)).toEqual(wanted);
    expect(read(drawn).coordinates).toBeUndefined();
    expectClose([...(read(v3000).coordinates ?? [])], [...(read(v2000).coordinates ?? [])], 1e-4);
  });

  it('takes stereo from the positions, whatever the wedges say', () => {
    const [first] = blocks;
    const mirrored = first.replace(/^ {2,4}(-?)(\d+\.\d{4})/gm, (_, minus, x) =>
      (minus ? ` ${x}` : `-${x}`).padStart(10),
    );
    const [centre] = read(first).molecule.centres;
    expect(read(mirrored).molecule.centres).toEqual([{ ...centre, hand: -centre.hand }]);
  });

  it('gives positions, properties, names and where the record begins', () => {
    const text = sdf
      .replace('1\n\n$$$$', '1\n\n>  <note> (7)\ntwo\nlines\n\n> 12 <empty>\n\n$$$$')
      .replace('\n', 'first\n');
    const [first, second] = [...parseSdf(text.replaceAll('\n', '\r\n'), 'in.sdf')].map((result) => {
      if ('error' in result) throw new Error(result.error);
      return result.record;
    });
    expect([first.name, first.molecule.name, first.number, first.line]).toEqual(['first', 'first', 1, 1]);
    expect([...first.properties]).toEqual([
      ['rank', '1'],
      ['note', 'two\nlines'],
      ['empty', ''],
    ]);
    expect([second.number, second.line]).toEqual([2, text.split('$$$$')[0].split('\n').length + 1]);
    const line = blocks[0].split('\n')[4];
    expect(Array.from(first.coordinates ?? []).slice(0, 3)).toEqual(
      [0, 10, 20].map((at) => Math.fround(Number(line.slice(at, at + 10)))),
    );
  });

  it('puts atoms in our order and says where they were', () => {
    const lines = blocks[1].split('\n');
    const atoms = Number(lines[3].slice(0, 3));
    const turned = (text: string): string => String(atoms + 1 - Number(text)).padStart(3);
    const reversed = [
      ...lines.slice(0, 4),
      ...lines.slice(4, 4 + atoms).reverse(),
      ...lines
        .slice(4 + atoms)
        .map((line) => line.replace(/^([ \d]{3})([ \d]{3})/, (_, a, b) => turned(a) + turned(b))),
    ].join('\n');
    const { molecule, coordinates, order } = read(reversed);
    expect(order.slice(0, 4)).toEqual(Int32Array.of(8, 9, 10, 11));
    expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from(order.keys()));
    expect(molecule.atomicNumbers).toEqual(read(blocks[1]).molecule.atomicNumbers);
    const [straight] = [read(blocks[1])];
    for (const [atom, before] of order.entries()) {
      const original = atoms - 1 - before;
      expect(coordinates?.subarray(3 * atom, 3 * atom + 3)).toEqual(
        straight.coordinates?.subarray(3 * original, 3 * original + 3),
      );
    }
    expect(molecule.smiles).toBe(straight.molecule.smiles);
    const hydrogens = molecule.bonds.end.filter((end) => molecule.atomicNumbers[end] === 1);
    expect(hydrogens).toEqual(hydrogens.slice().sort());
  });

  it('counts added hydrogens as atoms that the file does not have', () => {
    const drawn = records.find(({ smiles }) => smiles === 'O=[N+]([O-])c1cc[nH]c1')?.drawn ?? '';
    expect(Array.from(read(drawn).order)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, -1, -1, -1, -1]);
  });

  it.each([
    ['cis', '    0.0000', '[H]/N=C\\C'],
    ['trans', '    2.0000', '[H]/N=C/C'],
  ])('sees a %s double bond that a drawn hydrogen shows, and none that is crossed', (side, y, smiles) => {
    const atom = (x: string, height: string, symbol: string) => `${x}${height}    0.0000 ${symbol}   0  0`;
    const atoms = [
      atom('   -1.0000', '    0.0000', 'H'),
      atom('    0.0000', '    1.0000', 'N'),
      atom('    1.0000', '    1.0000', 'C'),
      atom('    2.0000', y, 'C'),
    ];
    const bonds = (stereo: number) => ['  1  2  1  0', `  2  3  2  ${stereo}`, '  3  4  1  0'];
    const drawn = (stereo: number) =>
      read(['', '', '', '  4  3  0  0  0  0  0  0  0  0999 V2000', ...atoms, ...bonds(stereo), 'M  END'].join('\n'));
    expect(drawn(0).molecule.stereoBonds).toMatchObject([{ atoms: [3, 0, 1, 2], side }]);
    expect(drawn(0).molecule.smiles).toBe(parseSmiles(smiles).smiles);
    expect(Array.from(drawn(0).order)).toEqual([1, 2, 3, 0, -1, -1, -1, -1]);
    expect(drawn(3).molecule.stereoBonds).toMatchObject([{ side: 'open' }]);
  });

  it('goes on after a bad record, in a stream as in a text', async () => {
    const text = sdf.replace(/ F {3}0/, ' Xx  0').replace(/M {2}END\n(?=> <rank>\n1\n\n\$\$\$\$\n$)/, '');
    const results = [...parseSdf(text, 'in.sdf')];
    expect(results.map((result) => ('error' in result ? result.error : 'fine'))).toEqual([
      'in.sdf:7: record 1: "Xx" is no element; query atoms and groups cannot be read',
      ...Array(records.length - 2).fill('fine'),
      expect.stringMatching(
        /^in\.sdf:\d+: record 16: the record ends where M {2}END should be; is the file cut short\?$/,
      ),
    ]);
    async function* chunks() {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
    }
    const streamed = [];
    for await (const result of readSdf(textLines(chunks(), 'in.sdf'), 'in.sdf')) streamed.push(result);
    expect(streamed).toEqual(results);
  });

  it('reads a MOL file, and nothing from blank lines', () => {
    expect([...parseSdf(blocks[0], 'in.mol')]).toHaveLength(1);
    expect([...parseSdf(`${sdf}\n\n`, 'in.sdf')]).toHaveLength(records.length);
    expect([...parseSdf('', 'in.sdf')]).toEqual([]);
  });

  it('keeps radicals as they are', () => {
    const methyl = withLine(
      withLine(blocks[4], 4, () => '  4  3  0  0  0  0  0  0  0  0999 V2000'),
      0,
      (line) => line,
    );
    const lines = methyl.split('\n');
    const atoms = [' C  ', ' H  ', ' H  ', ' H  '].map((symbol, k) => `${lines[4 + k].slice(0, 30)}${symbol} 0`);
    const bonds = ['  1  2  1  0', '  1  3  1  0', '  1  4  1  0'];
    const text = [...lines.slice(0, 4), ...atoms, ...bonds, 'M  RAD  1   1   2', 'M  END'].join('\n');
    const { molecule, coordinates } = read(text);
    expect(Array.from(molecule.atomicNumbers)).toEqual([6, 1, 1, 1]);
    expect(writeSdf(molecule, coordinates ?? [])).toContain('M  RAD  1   1   2\n');
    expect(errorOf(text.replace(/M {2}RAD.*\n/, ''))).toBe(
      'in.sdf:1: record 1: C1 lacks a hydrogen; write molecules in space with all their hydrogens',
    );
  });

  it('reads aromatic bonds, codes of charges, blanks for columns', () => {
    const drawn = records.find(({ smiles }) => smiles === '[O-]C1=CC=CC=C1')?.drawn ?? '';
    const wanted = chemistry(parseSmiles('[O-]C1=CC=CC=C1'));
    const aromatic = drawn
      .replace(/^( {2}[2-7]){2} {2}[12]/gm, (bond) => `${bond.slice(0, 6)}  4`)
      .replace(/^ {2}7 {2}2 {2}[12]/m, '  7  2  4');
    expect(aromatic.match(/ {2}4 {2}0\n/g)).toHaveLength(6);
    expect(chemistry(read(aromatic).molecule)).toEqual(wanted);
    const coded = drawn.replace(/M {2}CHG.*\n/, '').replace(' O   0  0', ' O   0  5');
    expect(chemistry(read(coded).molecule)).toEqual(wanted);
    const loose = drawn.replace(/^ +(-?\d\S+) +(\S+) +(\S+) ([CO]) +/gm, '$1 $2 $3 $4 ');
    expect(loose).not.toBe(drawn);
    expect(chemistry(read(loose).molecule)).toEqual(wanted);
  });

  const [nitro] = blocks.slice(4);
  const [, , , counts, atom] = nitro.split('\n');
  const bondLine = 5 + Number(counts.slice(0, 3));
  it.each([
    [
      'a record that is cut short',
      nitro.split('\n').slice(0, 6).join('\n'),
      'in.sdf:6: record 1: the record ends where an atom should be',
    ],
    [
      'no counts',
      withLine(nitro, 4, () => 'hello'),
      'in.sdf:4: record 1: expected the line of counts with the number of atoms, found "hello"',
    ],
    [
      'no atoms',
      'a\nb\nc\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END\n',
      'in.sdf:5: record 1: the molecule has no atoms',
    ],
    [
      'a coordinate that is none',
      withLine(nitro, 5, (line) => `       NaN${line.slice(10)}`),
      'in.sdf:5: record 1: coordinate x must be a number, not "NaN"',
    ],
    [
      'a hexadecimal coordinate',
      withLine(nitro, 5, (line) => `      0x10${line.slice(10)}`),
      'coordinate x must be a number, not "0x10"',
    ],
    ['an atom of a query', withLine(nitro, 5, (line) => line.replace(' C ', ' A ')), '"A" is no element'],
    [
      'a bond to nowhere',
      withLine(nitro, bondLine, () => '  1 99  1  0'),
      `in.sdf:${bondLine}: record 1: there is no atom 99: the molecule has 7`,
    ],
    ['a bond of a query', withLine(nitro, bondLine, () => '  1  2  8  0'), 'bonds of type 8 cannot be read'],
    ['a bond to itself', withLine(nitro, bondLine, () => '  1  1  1  0'), 'atom 1 is bonded to itself'],
    ['a bond that is there twice', withLine(nitro, bondLine, () => '  2  3  1  0'), 'duplicate bond 2–3'],
    [
      'a code of no charge',
      withLine(nitro, 5, (line) => `${line.slice(0, 36)}  9${line.slice(39)}`),
      'the code of the charge must be 0 to 7, not 9',
    ],
    [
      'charges that are missing',
      nitro.replace(/M {2}CHG.*/, 'M  CHG  2   2   1'),
      'the line announces 2 entries and has 1',
    ],
    ['a hydrogen without a bond', withLine(nitro, bondLine + 3, () => '  1  2  1  0'), 'record 1:'],
    [
      'two molecules',
      nitro.replace(/ {2}1 {2}2 {2}1 {2}0\n/, '').replace(' 7  6', ' 7  5'),
      'record 1: N2: these are 2 molecules side by side',
    ],
    [
      'too many bonds',
      nitro.replace(/ {2}1 {2}2 {2}1 {2}0\n/, '  1  2  3  0\n'),
      'record 1: C1: C has 6 bonds here, it can have 4',
    ],
    ['an empty record', '$$$$\n', 'in.sdf:1: record 1: the record ends where the name should be'],
    [
      'V3000 with too few atoms',
      records[4].v3000.replace('COUNTS 7', 'COUNTS 8'),
      'the counts announce 8 atoms and 6 bonds, the record has 7 atoms and 6 bonds',
    ],
    [
      'V3000 with a bond to nowhere',
      records[4].v3000.replace('V30 1 1 1 2', 'V30 1 1 1 20'),
      'there is no atom "20" for this bond',
    ],
    [
      'V3000 without its mark',
      records[4].v3000.replace('M  V30 BEGIN ATOM', 'BEGIN ATOM'),
      'expected M  V30 or M  END, found "BEGIN ATOM"',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(atom).toContain(' C ');
    expect(errorOf(text)).toContain(message);
  });
});

describe('writeSdf', () => {
  it.each(records)('writes $smiles so that it is read again, by OpenChemLib too', ({ v2000 }) => {
    const { molecule, coordinates } = read(v2000);
    const text = writeSdf({ ...molecule, name: 'a\nname' }, coordinates ?? [], {
      energy: -1.5,
      note: 'two\n\nlines\n$$$$',
    });
    const back = read(text);
    expect(chemistry(back.molecule)).toEqual(chemistry(molecule));
    expect(back.coordinates).toEqual(coordinates);
    expect(back.name).toBe('a name');
    expect([...back.properties]).toEqual([
      ['energy', '-1.5'],
      ['note', 'two\nlines\n $$$$'],
    ]);
    const hasCentres = molecule.centres.length > 0;
    expect(text.split('\n')[3].slice(12, 15)).toBe(hasCentres ? '  1' : '  0');
    const original = hasCentres ? withLine(v2000, 4, (line) => `${line.slice(0, 12)}  1${line.slice(15)}`) : v2000;
    expect(Ocl.fromMolfile(text).getIDCode()).toBe(Ocl.fromMolfile(original).getIDCode());
  });

  it('writes V3000 where V2000 has no room', () => {
    const size = 340;
    const smiles = 'C'.repeat(size);
    const molecule = parseSmiles(smiles);
    const coordinates = Float32Array.from({ length: 3 * molecule.atomicNumbers.length }, (_, k) => k / 10);
    const text = writeSdf(molecule, coordinates);
    expect(text).toContain('V3000');
    expect(chemistry(read(text).molecule)).toEqual(chemistry(molecule));
    expect(read(text).coordinates).toEqual(coordinates);
  });

  it('refuses coordinates that do not fit', () => {
    const { molecule, coordinates } = read(blocks[0]);
    const broken = Float32Array.from(coordinates ?? []);
    expect(() => writeSdf(molecule, broken.subarray(3))).toThrow('a molecule of 8 atoms has 24 coordinates, not 21');
    broken[4] = Number.NaN;
    expect(() => writeSdf(molecule, broken)).toThrow('a coordinate of atom 2 is NaN');
    broken[4] = 1e6;
    expect(() => writeSdf(molecule, broken)).toThrow(RangeError);
  });
});
