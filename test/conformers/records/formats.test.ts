import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGenerated } from '../../../src/conformers/evaluation/read-generated.node.js';
import { moleculeFormats } from '../../../src/conformers/records/formats.js';
import { openMolecules } from '../../../src/conformers/records/open-molecules.node.js';
import { readEnsembles } from '../../../src/conformers/records/read-records.node.js';
import { formatOf } from '../../../src/files/file-format.js';
import { writtenFormats } from '../../../src/molecules/formats/molecule-format.js';
import type { MoleculeRecordResult } from '../../../src/molecules/formats/molecule-record.js';
import { xyz } from '../../../src/molecules/formats/xyz.js';
import { expectClose } from '../../support/close.js';
import { ensembleFixture } from '../../support/ensemble-fixtures.js';
import { knownShape } from '../support/stub-denoiser.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
}

const recordOf = (result: MoleculeRecordResult) => {
  if ('error' in result) throw new Error(`${result.where}: ${result.error}`);
  return result.record;
};

const { molecule, shape } = knownShape('C/C=C/[C@H](C)O');
const named = { ...molecule, name: 'pent-3-en-2-ol' };
const properties = { smiles: molecule.smiles, energy: '-1.5', method: 'MMFF94s, 5 starts', network_calls: 12 };

describe('the list of formats', () => {
  it('has its own endings for each, which no other takes', () => {
    const endings = moleculeFormats.flatMap((format) => format.endings);
    expect(new Set(endings).size).toBe(endings.length);
    for (const format of moleculeFormats) {
      for (const ending of format.endings) {
        expect(formatOf(moleculeFormats, `A${ending.toUpperCase()}.gz`, new Uint8Array())).toBe(format);
      }
    }
  });
});

describe.each(writtenFormats(moleculeFormats).map((format) => [format.title, format] as const))(
  'conformers written as %s',
  (_, format) => {
    const { holds, reader, writer } = format;

    it('are told by how they begin, and come back with all that the format holds', async () => {
      const { write } = await writer();
      const text = write(named, shape, properties) + write(named, shape, { ...properties, energy: '0' });
      const path = await fileOf('unnamed', gzipSync(text));
      const opened = await openMolecules(path, 'coordinates');
      expect(opened.format).toBe(format);
      const records = (await all(opened.results)).map(recordOf);
      expect(records).toHaveLength(2);
      const [first] = records;
      expect(first).toMatchObject({ name: named.name, smiles: molecule.smiles, method: properties.method });
      expect([...first.atomicNumbers]).toEqual([...molecule.atomicNumbers]);
      expectClose(first.conformers[0], shape, 1e-4);
      if (holds.includes('energies')) expect(records.map(({ energies }) => energies)).toEqual([[-1.5], [0]]);
      if (holds.includes('properties')) expect(first.properties?.get('network_calls')).toBe('12');
      const [result] = await all(readEnsembles(path));
      if ('error' in result) throw new Error(result.error);
      expect(result.ensemble).toMatchObject({ level: 'mmff94s', energies: Float32Array.of(0, 1.5) });
      expect(result.ensemble.molecule.smiles).toBe(molecule.smiles);
      const generated = await all(readGenerated(path));
      expect(generated).toMatchObject([{ record: { cost: { networkCalls: 12 } } }, { record: {} }]);
    });

    it('are counted, and cut at their ends', async () => {
      const [{ count }, { write, cutter }] = [await reader(), await writer()];
      const text = write(named, shape, properties).repeat(3);
      const lines = text.split('\n').slice(0, -1);
      async function* numbered() {
        for (const [k, line] of lines.entries()) yield { number: k + 1, text: line };
      }
      expect(await count?.(numbered())).toBe(3);
      const own = cutter('f');
      const found = lines.map((line) => own.push(line)).flatMap((one, k) => (one ? [[one.get('energy'), k]] : []));
      const each = lines.length / 3;
      expect(found).toEqual([1, 2, 3].map((k) => ['-1.5', k * each - 1]));
    });
  },
);

describe('XYZ', () => {
  const read = async (text: string) => all((await xyz.reader()).read(bytesOf(text), 'f.xyz'));
  async function* bytesOf(text: string) {
    yield new TextEncoder().encode(text);
  }

  it('from any program is a molecule where its comment says the SMILES', async () => {
    const [water] = (await read('3\nsmiles=O name="sea water"\nO 0 0 0\nH 0.96 0 0\nH -0.24 0.93 0\n')).map(recordOf);
    expect(water).toMatchObject({ name: 'sea water', smiles: 'O', atomicNumbers: Uint8Array.of(8, 1, 1) });
  });

  it('says where bad frames are, and goes on', async () => {
    const good = '2\nsmiles="[H][H]"\nH 0 0 0\nH 0.74 0 0\n';
    const bad = ['2\nhydrogen\nH 0 0 0\nH 0.74 0 0\n', '1\nsmiles=[H]\nQq 0 0 0\n', '1\nsmiles=[H]\nH 0 0\n'];
    const results = await read([...bad, good, '\n'].join(''));
    expect(results.map((result) => ('error' in result ? `${result.where}: ${result.error}` : 'good'))).toEqual([
      'f.xyz:1: the comment has no SMILES, and XYZ has no bonds; write smiles="CCO" there',
      'f.xyz:5: "Qq", atom 1, is not an element',
      expect.stringMatching(/^f\.xyz:10: expected 4 columns /),
      'good',
    ]);
    await expect(read(`${good}two\n`)).rejects.toThrow('f.xyz:5: expected the number of bodies of a structure');
    await expect(read(`${good}\n${good}`)).rejects.toThrow('f.xyz:5: expected the number of bodies of a structure');
  });

  it('has its atoms in any order, and conformers without the bonds of the SMILES are errors', async () => {
    const text = ['H -0.24 0.93 0', 'O 0 0 0', 'H 0.96 0 0'].join('\n');
    const apart = text.replace('0.96', '9.6').replaceAll('-0.24', '-7');
    const path = await fileOf('w.xyz', `3\nsmiles=O\n${text}\n3\nsmiles=OO\n${apart}\n`);
    const [first, second] = await all(readGenerated(path));
    expect(first).toMatchObject({ record: { positions: Float32Array.of(0, 0, 0, -0.24, 0.93, 0, 0.96, 0, 0) } });
    expect(second).toEqual({ error: `${path}:6: record 2: the positions do not have the bonds of OO` });
  });
});

describe('ensembles of other formats', () => {
  it.each(['qm9_gfn2.jsonl', 'geom_form.msgpack'])('are conformers to compare: %s', async (name) => {
    const found = await all(readGenerated(ensembleFixture(name)));
    expect(found.length).toBeGreaterThan(9);
    expect(found.every((result) => 'record' in result)).toBe(true);
  });
});
