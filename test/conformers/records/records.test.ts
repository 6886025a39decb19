import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { levelOf } from '../../../src/conformers/records/ensemble-record.js';
import { moleculeFormats } from '../../../src/conformers/records/formats.js';
import { joinConformers } from '../../../src/conformers/records/join-conformers.js';
import { formatOf } from '../../../src/files/file-format.js';
import { parseGeomEntry } from '../../../src/molecules/formats/geom-record.js';
import { read as geomRecords } from '../../../src/molecules/formats/geom-records.js';
import { read as jsonRecords } from '../../../src/molecules/formats/json-lines-records.js';
import { parseJsonRecord } from '../../../src/molecules/formats/json-record.js';
import type { MoleculeRecord, MoleculeRecordResult } from '../../../src/molecules/formats/molecule-record.js';
import { read as readSdf } from '../../../src/molecules/formats/sdf-records.js';
import { writeSdf } from '../../../src/molecules/formats/sdf-write.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { ensembleFixture } from '../../support/ensemble-fixtures.js';

const water = {
  smiles: 'O',
  Z: [8, 1, 1],
  bonds: [
    [0, 1, 1],
    [0, 2, 1],
  ],
  coords: [
    [
      [0, 0, 0],
      [0.96, 0, 0],
      [-0.24, 0.93, 0],
    ],
  ],
};
const line = (change: object = {}) => JSON.stringify({ ...water, ...change });

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function collect(results: AsyncIterable<MoleculeRecordResult>): Promise<MoleculeRecordResult[]> {
  const found: MoleculeRecordResult[] = [];
  for await (const result of results) found.push(result);
  return found;
}

const recordsOf = (results: readonly MoleculeRecordResult[]): MoleculeRecord[] =>
  results.flatMap((result) => ('record' in result ? [result.record] : []));

describe('parseJsonRecord', () => {
  it('reads what the line says', () => {
    const text = line({ name: 'water', rel_kcal: [2], boltzmann: [1], method: 'GFN2-xTB', source: 'O' });
    expect(parseJsonRecord(text)).toEqual({
      name: 'water',
      smiles: 'O',
      atomicNumbers: Uint8Array.of(8, 1, 1),
      bonds: { begin: Int32Array.of(0, 0), end: Int32Array.of(1, 2) },
      conformers: [Float32Array.of(0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0)],
      energies: [2],
      weights: [1],
      method: 'GFN2-xTB',
    });
    expect(parseJsonRecord(line())).not.toHaveProperty('energies');
    expect(parseJsonRecord(line({ bonds: undefined }))).not.toHaveProperty('bonds');
  });

  it('sorts bonds, whose ends may stand in any order', () => {
    const { bonds } = parseJsonRecord(
      line({
        bonds: [
          [2, 0, 1],
          [1, 0, 1.5],
        ],
      }),
    );
    expect(bonds).toEqual({ begin: Int32Array.of(0, 0), end: Int32Array.of(1, 2) });
  });

  it('takes the first energies that are there for every conformer', () => {
    const record = parseJsonRecord(line({ rel_dlpno: [null], rel_b3lyp_svp: [0.5], rel_gfn2: [3] }));
    expect(record.energies).toEqual([0.5]);
    expect(parseJsonRecord(line({ rel_dlpno: [null] })).energies).toBeUndefined();
  });

  it.each([
    ['{"smiles": "O", "Z": [8', 'the line is not valid JSON, or is truncated: "{\\"smiles\\"'],
    ['[1, 2]', 'the line must be a map of names to values, not [1,2]'],
    [line({ error: 'embed' }), 'the file says that there are no conformers: embed'],
    [line({ smiles: '' }), 'smiles must be text, not ""'],
    [line({ smiles: 5 }), 'smiles must be text, not 5'],
    [line({ Z: [] }), 'Z is empty'],
    [line({ Z: [8, 1, 0] }), 'Z[2] must be a whole number from 1 to 118, not 0'],
    [line({ Z: 'O' }), 'Z must be a list, not "O"'],
    [line({ bonds: [[0, 3, 1]] }), 'bonds[0] must be [atom, other atom, order], atoms from 0 to 2, not [0,3,1]'],
    [line({ bonds: [[1, 1, 1]] }), 'bonds[0] must be [atom, other atom, order]'],
    [line({ coords: [] }), 'coords is empty'],
    [line({ coords: [[[0, 0, 0]]] }), 'coords[0] has 1 rows, the molecule has 3 atoms'],
    [
      line({
        coords: [
          [
            [0, 0, 0],
            [0, null, 0],
            [0, 0, 0],
          ],
        ],
      }),
      'coords[0][1] must be x, y, z in ångström, not [0,null,0]',
    ],
    [
      line({
        coords: [
          [
            [0, 0, 0],
            [0, 1e9, 0],
            [0, 0, 0],
          ],
        ],
      }),
      'coords[0][1] must be x, y, z',
    ],
    [line({ rel_kcal: [1, 2] }), 'rel_kcal has 2 numbers for 1 conformers'],
    [line({ boltzmann: [-1] }), 'boltzmann must be 1 weights of 0 or more, one per conformer, not [-1]'],
    [line({ boltzmann: [0] }), 'boltzmann must be 1 weights'],
  ])('refuses %s', (text, message) => {
    expect(() => parseJsonRecord(text)).toThrow(UserError);
    expect(() => parseJsonRecord(text)).toThrow(message);
  });
});

describe('jsonRecords', () => {
  it('says where bad lines are, and goes on', async () => {
    const results = await collect(jsonRecords(bytesOf(`${line()}\n\n{"a"\n${line()}`), 'f.jsonl'));
    expect(results.map(({ where }) => where)).toEqual(['f.jsonl:1', 'f.jsonl:3', 'f.jsonl:4']);
    expect(results[1]).toMatchObject({ error: expect.stringContaining('not valid JSON') });
    expect(recordsOf(results)).toHaveLength(2);
  });
});

describe('parseGeomEntry', () => {
  const conformer = {
    xyz: [
      [8, 0, 0, 0],
      [1, 0.96, 0, 0],
      [1, -0.24, 0.93, 0],
    ],
    totalenergy: -5,
    relativeenergy: 1.5,
  };
  const entry = (...changes: object[]) => ({
    charge: 0,
    conformers: changes.map((change) => ({ ...conformer, ...change })),
  });

  it('reads rows of atomic number and coordinates, energies and weights', () => {
    expect(parseGeomEntry('O', entry({ boltzmannweight: 0.9 }, { boltzmannweight: 0.1 }))).toEqual({
      name: '',
      smiles: 'O',
      atomicNumbers: Uint8Array.of(8, 1, 1),
      conformers: [0, 1].map(() => Float32Array.of(0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0)),
      energies: [1.5, 1.5],
      weights: [0.9, 0.1],
      method: 'GFN2-xTB',
    });
  });

  it('takes total energies, in hartree, where relative ones are not all there', () => {
    const { energies = [], weights } = parseGeomEntry('O', entry({ relativeenergy: null }, { totalenergy: -4.99 }));
    expect(energies[1] - energies[0]).toBeCloseTo(6.27509, 4);
    expect(weights).toBeUndefined();
  });

  it.each<[string, unknown, unknown, string]>([
    ['a key that is no SMILES', 7, entry({}), 'a key must be a SMILES, not 7'],
    ['an entry that is none', 'O', 3, 'O must be a map of names to values, not 3'],
    ['the featurized files', 'O', { features: [] }, 'conformers must be a list, not undefined'],
    ['no conformers', 'O', entry(), 'conformers is empty'],
    ['rows that are too short', 'O', entry({ xyz: [[8, 0, 0]] }), 'conformers[0].xyz[0] must be x, y, z'],
    ['atoms that are none', 'O', entry({ xyz: [['O', 0, 0, 0]] }), 'the elements of conformers[0].xyz[0] must be'],
    [
      'atoms in another order',
      'O',
      entry({}, { xyz: conformer.xyz.toReversed() }),
      'conformers[1] has its atoms in another',
    ],
  ])('refuses %s', (_, smiles, value, message) => {
    expect(() => parseGeomEntry(smiles, value)).toThrow(UserError);
    expect(() => parseGeomEntry(smiles, value)).toThrow(message);
  });
});

describe('geomRecords', () => {
  it("reads what Python's msgpack wrote: two maps in one stream", async () => {
    const results = await collect(geomRecords(createReadStream(ensembleFixture('geom_form.msgpack')), 'g'));
    expect(recordsOf(results).map(({ smiles, conformers }) => [smiles, conformers.length])).toEqual([
      ['O=C1C[C@H]2[C@@H](O)[C@@]12O', 2],
      ['NC(=O)[C@]1(N)CN2C[C@H]21', 2],
      ['CN1[C@H]2CCC[C@]21C#N', 2],
      ['[H]/N=C/N(CC)C(=O)OC', 2],
      ['C/N=C/Oc1cnoc1', 2],
    ]);
    expect(results[0].where).toBe('g, record 1 (byte 1)');
  });

  it('ends with one error where the file is cut short', async () => {
    const results = geomRecords(createReadStream(ensembleFixture('geom_form.msgpack'), { end: 4000 }), 'g');
    await expect(collect(results)).rejects.toThrow(
      /^g: damaged MessagePack at byte \d+: the file is cut short, in record 3$/,
    );
  });
});

describe('the conformers of an SDF', () => {
  const sdfRecords = (bytes: AsyncIterable<Uint8Array>, source: string) => joinConformers(readSdf(bytes, source));
  const ethanol = parseSmiles('CCO', { name: 'ethanol' });
  const methanol = parseSmiles('CO', { name: 'methanol' });
  const places = (count: number, shift: number) => Float32Array.from({ length: 3 * count }, (_, k) => k + shift);

  it('makes an ensemble of conformers that follow each other', async () => {
    const text = [
      writeSdf(ethanol, places(9, 0), { energy: 1.5, method: 'MMFF94s' }),
      writeSdf(ethanol, places(9, 0.5), { energy: 0 }),
      writeSdf(methanol, places(6, 0)),
      writeSdf(ethanol, places(9, 1)),
    ].join('');
    const results = await collect(sdfRecords(bytesOf(text), 'f.sdf'));
    const records = recordsOf(results);
    expect(records.map(({ name, conformers }) => [name, conformers.length])).toEqual([
      ['ethanol', 2],
      ['methanol', 1],
      ['ethanol', 1],
    ]);
    expect(records[0]).toMatchObject({ energies: [1.5, 0], method: 'MMFF94s' });
    expect(records[1]).not.toHaveProperty('energies');
    expect(results[0].where).toBe('f.sdf:1');
  });

  it('says where bad records are, and goes on', async () => {
    const good = writeSdf(methanol, places(6, 0));
    const results = await collect(sdfRecords(bytesOf(`${good}nonsense\n$$$$\n${good}`), 'f.sdf'));
    expect(
      recordsOf(results)
        .map(({ conformers }) => conformers.length)
        .reduce((a, b) => a + b),
    ).toBe(2);
    const errors = results.flatMap((result) => ('error' in result ? [`${result.where}: ${result.error}`] : []));
    expect(errors).toEqual([expect.stringMatching(/^f\.sdf:\d+: record 2: /)]);
  });
});

describe('the kind of a file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it.each<[string, Uint8Array, string | undefined]>([
    ['a.jsonl', bytes('x'), 'JSON lines'],
    ['a.JSONL.gz', bytes('x'), 'JSON lines'],
    ['a.sdf.gz', bytes('x'), 'SDF'],
    ['a.extxyz', bytes('x'), 'XYZ'],
    ['a.ism', bytes('x'), 'SMILES lists'],
    ['drugs_crude.msgpack', bytes('x'), "GEOM's msgpack"],
    ['a.safetensors', bytes('x'), 'data sets of clofnet'],
    ['a', bytes('{"smiles"'), 'JSON lines'],
    ['a', Uint8Array.of(0xde, 3, 0xe8), "GEOM's msgpack"],
    ['a', Uint8Array.of(0x82), "GEOM's msgpack"],
    ['a', bytes('\u0008\0\0\0\0\0\0\0{"x"'), 'data sets of clofnet'],
    ['a', bytes('name\n\n\n  3  2  0  0  0  0  0  0  0  0999 V2000\n'), 'SDF'],
    ['a', bytes('CCO\n  clofnet           3D\n\n  9  8  0  0  0  0  0  0  0  0999 V2000\n'), 'SDF'],
    ['a', bytes('2\nany comment\nH 0 0 0\nH 0.74 0 0\n'), 'XYZ'],
    ['a', bytes('CCO ethanol\n# and\n\nc1ccccc1 benzene\n'), 'SMILES lists'],
    ['a', bytes('smiles,n\nCCO,3\n'), 'SMILES lists'],
    ['a', bytes('To whom it may concern\n'), undefined],
    ['a', bytes(''), undefined],
  ])('is told by name or content: %s %j', (path, start, title) => {
    expect(formatOf(moleculeFormats, path, start)?.title).toBe(title);
  });

  it.each([
    ['GFN2-xTB', 'gfn2'],
    ['ETKDGv3/MMFF94s + DG/GFN-FF -> GFN2-xTB(normal)', 'gfn2'],
    ['mmff94s', 'mmff94s'],
    ['test_drug_dft.jsonl.gz', 'dft'],
    ['B3LYP-D3BJ', 'dft'],
    ['notes.jsonl', 'unknown'],
    [undefined, 'unknown'],
  ])('names its level of theory: %s', (text, level) => expect(levelOf(text)).toBe(level));
});
