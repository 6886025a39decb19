import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatOf } from '../../../src/files/file-format.js';
import { type GeometryFormat, geometryFormats } from '../../../src/fit/data/geometry-format.js';
import { geometryHash } from '../../../src/fit/data/geometry-hash.node.js';
import { parseGeometries } from '../../../src/fit/data/parse-geometries.js';
import { readGeometries } from '../../../src/fit/data/read-geometries.node.js';
import { selectGeometries } from '../../../src/fit/data/select-geometries.js';
import { fixturePath } from '../../support/fixtures.js';

const fixture = (name: string) => fixturePath('fit', name);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('formats of geometries', () => {
  it('are told by names, and by how files begin', () => {
    const title = (path: string, start = '') => formatOf(geometryFormats, path, Buffer.from(start))?.title;
    expect(['a.XYZ.gz', 'a.npz', 'a.ndjson'].map((path) => title(path))).toEqual([
      ...['extended XYZ', 'NumPy archives', 'JSON lines'],
    ]);
    expect([title('a', 'PK\x03\x04'), title('a', '{"'), title('a', '3\n')]).toEqual([
      ...['NumPy archives', 'JSON lines', undefined],
    ]);
  });

  it('may be others', async () => {
    const dots: GeometryFormat = {
      title: 'dots',
      endings: ['.dots'],
      load: async () => ({
        async *read(bytes, source) {
          let count = 0;
          for await (const part of bytes) count += part.length;
          for (let k = 0; k < count; k++) yield { species: ['dot'], positions: [k, 0, 0], source: { file: source } };
        },
      }),
    };
    await writeFile(join(folder, 'a.dots'), '..');
    await writeFile(join(folder, 'b.xyz'), '1\n\nH 0 0 0\n');
    const formats = [...geometryFormats, dots] as const;
    const set = await readGeometries([folder], { formats });
    expect(set.speciesNames).toEqual(['dot', 'H']);
    expect(await parseGeometries('..', 'a.dots', formats)).toMatchObject({ speciesNames: ['dot'] });
  });
});

describe('what a file holds', () => {
  it.each(['ase.xyz', 'ethanol.xyz.gz', 'md17.npz'])('is read without a disk too: %s', async (name) => {
    const bytes = new Uint8Array(await readFile(fixture(name)));
    const { sources, ...set } = await readGeometries([fixture(name)]);
    const { sources: named, ...parsed } = await parseGeometries(bytes, name);
    expect(parsed).toEqual(set);
    expect(named).toEqual(sources.map((source) => ({ ...source, file: name })));
  });

  it('is refused where it is empty or cut', async () => {
    const bytes = new Uint8Array(await readFile(fixture('ethanol.xyz.gz')));
    await expect(parseGeometries('', 'a.xyz')).rejects.toThrow('a.xyz: the file is empty');
    await expect(parseGeometries(bytes.subarray(0, 500), 'a.gz')).rejects.toThrow(
      'a.gz: the gzip file is damaged or cut',
    );
    await expect(parseGeometries('1\n\nH 0 0\n', 'a.xyz')).rejects.toThrow('a.xyz:3: expected 4 columns');
  });
});

describe('the hash of a set', () => {
  it('is of what it holds, not of the files', async () => {
    const set = await readGeometries([fixture('ethanol.xyz.gz')]);
    const parsed = await parseGeometries(new Uint8Array(await readFile(fixture('ethanol.xyz.gz'))), 'other.xyz.gz');
    expect(geometryHash(set)).toMatch(/^[0-9a-f]{16}$/);
    expect(geometryHash(parsed)).toBe(geometryHash(set));
    expect(geometryHash(selectGeometries(set, [1, 0, 2, 3]))).not.toBe(geometryHash(set));
    const energy = { width: 1, data: set.ofGraphs.energy.data.map((x, k) => (k === 3 ? x + 1e-9 : x)) };
    expect(geometryHash({ ...set, ofGraphs: { ...set.ofGraphs, energy } })).not.toBe(geometryHash(set));
  });
});
