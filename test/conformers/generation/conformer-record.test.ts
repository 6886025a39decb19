import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  formatConformer,
  formatPath,
  type RecordOrigin,
  recordProperties,
  runProperties,
} from '../../../src/conformers/generation/conformer-record.js';
import type { GeneratedConformer } from '../../../src/conformers/generation/generated.js';
import { readWritten } from '../../../src/conformers/generation/written-conformers.node.js';
import { makingSettings } from '../../../src/conformers/making/making-settings.js';
import { parseExtendedXyz } from '../../../src/files/extended-xyz.js';
import * as sdf from '../../../src/molecules/formats/sdf-conformers.js';
import { parseSdf } from '../../../src/molecules/formats/sdf-read.js';
import * as xyz from '../../../src/molecules/formats/xyz-conformers.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { expectClose } from '../../support/close.js';
import { knownShape, mirrored } from '../support/stub-denoiser.js';

const origin: RecordOrigin = {
  program: 'clofnet 1.2.3',
  weights: 'w.safetensors 01234567',
  settings: makingSettings({ steps: 5, maxAttempts: 4 }),
  seed: 9,
  count: 3,
  unique: undefined,
};

const butanol = knownShape('CC[C@H](C)O');
const conformer: GeneratedConformer = {
  kind: 'conformer',
  index: 1,
  number: 2,
  given: parseSmiles('CCC(C)O', { name: 'butan-2-ol' }),
  molecule: { ...butanol.molecule, name: 'butan-2-ol' },
  coordinates: butanol.shape,
  attempts: 2,
  samplerRuns: 2,
  mirrored: false,
};

describe('a record', () => {
  test('says what was made, of what, and how', () => {
    expect(recordProperties(conformer, origin)).toEqual({
      smiles: 'CCC(C)O',
      isomer: 'CC[C@H](C)O',
      open_stereo: butanol.molecule.centres[0].hand === 1 ? 'C3 @' : 'C3 @@',
      method:
        'clofnet 1.2.3: flow from shapes, 5 steps from 0.7 Å with churn 1.5, weights w.safetensors 01234567, at most 4 attempts',
      level: 'gfn2',
      seed: 9,
      requested: 3,
      molecule: 2,
      conformer: 3,
      attempts: 2,
      network_calls: 18,
    });
  });

  test('says energies, mirroring and options where there are some', () => {
    const changed = {
      ...origin,
      unique: 0.2,
      settings: makingSettings({ relax: 'mmff94s', oversample: 6, isomers: 'first', sampler: 'langevin' }),
    };
    const relaxed = { ...conformer, given: conformer.molecule, mirrored: true, relaxed: { energy: -1.23456 } };
    const properties = recordProperties(relaxed, changed);
    expect(properties).toMatchObject({ energy: '-1.2346', mirrored: 'yes' });
    expect(properties.method).toMatch(
      /first isomer, unique by 0\.2 Å, relaxed by MMFF94s, chosen from 6 times as many$/,
    );
    expect(recordProperties({ ...relaxed, samplerRuns: 6.5 }, origin)).toMatchObject({
      attempts: 2,
      network_calls: 59,
    });
    expect(properties).not.toHaveProperty('open_stereo');
    const unsupported = { ...conformer, relaxed: { unsupported: 'no parameters' } };
    expect(recordProperties(unsupported, changed)).toMatchObject({ relaxed: 'no parameters' });
    expect(recordProperties(unsupported, changed)).not.toHaveProperty('energy');
  });

  test('tells how open stereo was set as SMILES do, seen from the neighbour of the lowest number', () => {
    const sides = (smiles: string, made: string) => {
      const given = parseSmiles(smiles);
      const molecule = parseSmiles(made);
      return recordProperties({ ...conformer, given, molecule }, origin).open_stereo;
    };
    // From F (1), the others H (4, bonded to 2), Cl (3) and … in the order of their numbers.
    expect(sides('FC(Cl)(Br)I', 'F[C@](Cl)(Br)I')).toBe('C2 @');
    expect(sides('FC(Cl)(Br)I', 'F[C@@](Cl)(Br)I')).toBe('C2 @@');
    expect(sides('CC=CC', 'C/C=C/C')).toBe('C2=C3 trans');
    expect(sides('CC(O)C=CC', 'C[C@@H](O)/C=C\\C')).toMatch(/^C2 @@?; C4=C5 cis$/);
  });

  test('comes back from an SDF', () => {
    const [result] = parseSdf(formatConformer(conformer, sdf, origin), 'test');
    if ('error' in result) throw new Error(result.error);
    const { molecule, coordinates, properties, name } = result.record;
    expect(name).toBe('butan-2-ol');
    expect(molecule.smiles).toBe('CC[C@H](C)O');
    expectClose(coordinates ?? [], butanol.shape, 1e-4);
    const expected = Object.entries(recordProperties(conformer, origin)).map(([key, value]) => [key, String(value)]);
    expect([...properties]).toEqual(expected);
  });

  test('comes back from extended XYZ', () => {
    const [{ info, positions, species }] = parseExtendedXyz(formatConformer(conformer, xyz, origin), 'test');
    expect(species.slice(0, 5)).toEqual(['C', 'C', 'C', 'C', 'O']);
    expectClose(positions, butanol.shape, 1e-4);
    expect(info).toMatchObject({ name: 'butan-2-ol', smiles: 'CCC(C)O', isomer: 'CC[C@H](C)O', seed: '9' });
  });
});

describe('the way to a conformer', () => {
  const frame = (call: number, sigma: number, scale: number) => ({
    call,
    sigma,
    coordinates: butanol.shape.map((x) => scale * x),
  });

  test('is one frame after another, the relaxed one last', () => {
    const path = [frame(0, 0.7, 3), frame(1, 0, 1)];
    const relaxed = { ...conformer, path, relaxed: { energy: 1 }, coordinates: mirrored(butanol.shape) };
    const frames = parseExtendedXyz(formatPath(relaxed), 'test');
    expect(frames.map(({ info }) => [info.molecule, info.conformer, info.call, info.sigma, info.relaxed])).toEqual([
      ['2', '3', '0', '0.7', undefined],
      ['2', '3', '1', '0', undefined],
      ['2', '3', undefined, undefined, 'MMFF94s'],
    ]);
    expectClose(frames[2].positions, mirrored(butanol.shape), 1e-4);
    expect(parseExtendedXyz(formatPath({ ...conformer, path }), 'test')).toHaveLength(2);
  });

  test('is empty where it was not kept', () => {
    expect(formatPath(conformer)).toBe('');
  });
});

describe.each([
  ['sdf', sdf],
  ['xyz', xyz],
])('conformers that a run has left as %s', (form, writer) => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
    path = join(folder, `out.${form}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const record = (index: number, number: number): string =>
    formatConformer({ ...conformer, index, number, given: { ...conformer.given, name: 'Ångström' } }, writer, origin);
  const written = async (text: string) => {
    await writeFile(path, text);
    return readWritten(path, writer, runProperties(origin));
  };

  test('are gone on with from the last molecule, which may be incomplete', async () => {
    const [a, b, c] = [record(0, 0), record(0, 2), record(3, 1)];
    const nothing = { from: 0, smiles: undefined, conformers: 0, bytes: 0 };
    expect(await written('')).toEqual(nothing);
    expect(await written(a)).toEqual({ from: 0, smiles: 'CCC(C)O', conformers: 0, bytes: 0 });
    expect(await written(a + b)).toEqual({ from: 0, smiles: 'CCC(C)O', conformers: 0, bytes: 0 });
    const bytes = Buffer.byteLength(a + b);
    const third = { from: 3, smiles: 'CCC(C)O', conformers: 2, bytes };
    expect(await written(a + b + c)).toEqual(third);
    expect(await written(a + b + c + c)).toEqual(third);
    // Half a record at the end, cut at any place, is passed over.
    for (const cut of [1, 40, c.length - 2, c.length - 1])
      expect(await written(a + b + c + record(4, 0).slice(0, cut))).toEqual(third);
  });

  test('are continued where version 0.1.0 wrote them', async () => {
    const old = (index: number): string =>
      record(index, 0)
        .replace('at most 4 attempts', 'at most 4 draws')
        .replace(/\brequested\b/, 'asked')
        .replace(/\battempts\b/, 'draws');
    const [first, second] = [old(0), old(1)];
    expect(first).toMatch(/at most 4 draws[\s\S]*\basked\b[\s\S]*\bdraws\b/);
    expect(first).not.toMatch(/attempts|requested/);
    const bytes = Buffer.byteLength(first);
    expect(await written(first + second)).toEqual({ from: 1, smiles: 'CCC(C)O', conformers: 1, bytes });
    const other = first.replace('at most 4 draws', 'at most 5 draws');
    await expect(written(other)).rejects.toThrow('record 1 was made with method');
  });

  test('are refused where they are of another run, or of something else', async () => {
    const other = (changes: Partial<RecordOrigin>): string =>
      formatConformer(conformer, writer, { ...origin, ...changes });
    await expect(written(other({ seed: 4 }))).rejects.toThrow("record 1 was made with seed '4', this run has '9'");
    await expect(written(record(0, 0) + other({ count: 5 }))).rejects.toThrow("record 2 was made with requested '5'");
    await expect(written(other({ weights: 'v 1' }))).rejects.toThrow('record 1 was made with method');
    await expect(written(record(2, 0) + record(1, 0))).rejects.toThrow('record 2: molecule 2 is out of its order');
    const foreign = form === 'sdf' ? 'x\n\n\n  0  0\nM  END\n$$$$\n' : '1\nProperties=species:S:1:pos:R:3\nC 0 0 0\n';
    await expect(written(foreign)).rejects.toThrow(
      'record 1 does not state its method; give one that the command conformers generate wrote',
    );
    await expect(written(record(0, 0).replaceAll('\n', '\r\n'))).rejects.toThrow('has changed since it was written');
  });

  if (form === 'xyz') {
    test('are refused where they are no XYZ', async () => {
      await expect(written('hello\n')).rejects.toThrow("'hello' stands where a structure should begin");
    });
  }
});
