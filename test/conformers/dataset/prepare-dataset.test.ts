import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { readDataset } from '../../../src/conformers/dataset/dataset-file.node.js';
import { type PrepareOptions, prepareDataset } from '../../../src/conformers/dataset/prepare-dataset.node.js';
import { readExclusions } from '../../../src/conformers/dataset/read-exclusions.node.js';
import { readEnsembles } from '../../../src/conformers/records/read-records.node.js';
import { writeSdf } from '../../../src/molecules/formats/sdf-write.js';
import { canonicalSmiles, parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { ensembleFixture, fixtureLines } from '../../support/ensemble-fixtures.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const QM9 = ensembleFixture('qm9_gfn2.jsonl');
const GEOM = ensembleFixture('geom_form.msgpack');
const FRAGMENTS = ensembleFixture('fragments_dft.jsonl');
const lines = fixtureLines('qm9_gfn2.jsonl');

/** Prepares, and reads what was written. */
async function prepare(inputs: readonly string[], options: Partial<PrepareOptions> = {}) {
  const out = join(folder, 'out.safetensors');
  const faults: string[] = [];
  const prepared = await prepareDataset(inputs, out, {
    seed: 7,
    shares: { valid: 0, test: 0 },
    onFault: (message) => faults.push(message),
    ...options,
  });
  const dataset = await readDataset(out);
  return { ...prepared, dataset, faults, smiles: dataset.ensembles.map(({ molecule }) => molecule.smiles) };
}

describe('prepareDataset', () => {
  it('keeps what a file holds', async () => {
    const { dataset, manifest, sources, faults } = await prepare([QM9]);
    const read = [];
    for await (const result of readEnsembles(QM9)) if ('ensemble' in result) read.push(result.ensemble);
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
    expect(plain(dataset.ensembles)).toEqual(plain(read));
    expect(faults).toEqual([]);
    expect(manifest).toMatchObject({ molecules: 14, rejected: { records: {}, conformers: {} }, seed: 7 });
    expect(sources).toEqual([{ path: QM9, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), records: 14, kept: 14 }]);
  });

  it('merges the same isomers, from whatever file they come', async () => {
    const gz = await fileOf('some', gzipSync(lines.slice(0, 6).join('\n')));
    const { dataset: one, manifest } = await prepare([QM9]);
    const { dataset, merged } = await prepare([gz, GEOM, QM9]);
    expect(merged).toBe(6 + 5 + 14 - 14);
    expect(dataset.manifest).toMatchObject({ molecules: 14, conformers: manifest.conformers });
    const sizes = ({ ensembles }: typeof one) =>
      ensembles.map(({ molecule, conformers }) => `${molecule.smiles} ${conformers.length}`).sort();
    expect(sizes(dataset)).toEqual(sizes(one));
  });

  it('reads SDF and its own data sets', async () => {
    const { dataset, sources } = await prepare([QM9]);
    const own = join(folder, 'own.safetensors');
    const sdf = dataset.ensembles.flatMap(({ molecule, conformers, energies }) =>
      conformers.map((conformer, i) => writeSdf(molecule, conformer, { energy: energies?.[i] ?? 0, method: 'gfn2' })),
    );
    const { manifest } = await prepareDataset([QM9], own, { seed: 1, shares: { valid: 0, test: 0 } });
    const again = await prepare([own, await fileOf('some.sdf', sdf.join(''))]);
    expect(again.dataset.manifest.conformers).toBe(manifest.conformers);
    expect(again.merged).toBe(14);
    expect(again.sources.map(({ kept }) => kept)).toEqual([14, 14]);
    expect(sources).toHaveLength(1);
  });

  it('leaves out molecules of other files, whatever their stereo, and finds none of them in the end', async () => {
    const list = await fileOf('test.csv', 'smiles,n\nO=C1CC2C(O)C12O,3\nCN1[C@@H]2CCC[C@@]21C#N\n');
    const excluded = await readExclusions([GEOM, list]);
    const { dataset, manifest } = await prepare([QM9], { excluded });
    expect(manifest).toMatchObject({ molecules: 9, rejected: { records: { excluded: 5 } } });
    for (const { molecule } of dataset.ensembles)
      expect(excluded.has(canonicalSmiles(molecule, { stereo: false }))).toBe(false);
  });

  it('takes what is asked for: atoms, elements, conformers, level, how many', async () => {
    const { manifest } = await prepare([QM9], { maxAtoms: 17 });
    expect(manifest.rejected?.records).toEqual({ 'too many atoms': 7 });
    const oxygen = await prepare([QM9], { elements: new Set([1, 6, 8]) });
    expect(oxygen.smiles.every((text) => !/n/i.test(text))).toBe(true);
    expect(oxygen.manifest).toMatchObject({ molecules: 3, rejected: { records: { 'other elements': 11 } } });
    const few = await prepare([QM9], { maxConformers: 1, level: 'dft', limit: 4 });
    expect(
      few.dataset.ensembles.map(({ conformers, level, energies }) => [conformers.length, level, energies]),
    ).toEqual(new Array(4).fill([1, 'dft', Float32Array.of(0)]));
    expect(few.sources[0]).toMatchObject({ path: QM9, records: 4, kept: 4 });
  });

  it('puts all isomers of a molecule into one split, and a molecule always into the same one', async () => {
    const mirrored = lines.map((line) => {
      const record = JSON.parse(line);
      const swap: Record<string, string> = { '@': '@@', '@@': '@' };
      record.smiles = record.smiles.replace(/@+/g, (sign: string) => swap[sign]);
      record.coords = record.coords.map((rows: number[][]) => rows.map(([x, y, z]) => [-x, y, z]));
      return JSON.stringify(record);
    });
    const images = await fileOf('mirrored.jsonl', mirrored.join('\n'));
    const { dataset } = await prepare([images, QM9], { shares: { valid: 0.5, test: 0 } });
    const splits = new Map<string, Set<string>>();
    for (const [i, { molecule }] of dataset.ensembles.entries()) {
      const family = canonicalSmiles(molecule, { stereo: false });
      splits.set(family, (splits.get(family) ?? new Set()).add(dataset.splits[i]));
    }
    expect(dataset.ensembles.length).toBeGreaterThan(splits.size);
    expect([...splits.values()].filter(({ size }) => size > 1)).toEqual([]);
    const { dataset: alone } = await prepare([QM9], { shares: { valid: 0.5, test: 0 } });
    for (const [i, { molecule }] of alone.ensembles.entries()) {
      expect(splits.get(canonicalSmiles(molecule, { stereo: false }))).toEqual(new Set([alone.splits[i]]));
    }
    expect(new Set(alone.splits)).toEqual(new Set(['train', 'valid']));
  });

  it('reports bad records with their places, and goes on', async () => {
    const bad = await fileOf(
      'bad.jsonl',
      [lines[0], lines[1].slice(0, 300), '', lines[2].replace('"smiles":"', '"smiles":"('), lines[3]].join('\n'),
    );
    const { faults, manifest, sources } = await prepare([bad]);
    expect(faults).toEqual([
      expect.stringContaining('bad.jsonl:2: the line is not valid JSON, or is truncated'),
      expect.stringContaining('bad.jsonl:4: SMILES'),
    ]);
    expect(manifest).toMatchObject({ molecules: 2, rejected: { records: { 'cannot be read': 2 } } });
    expect(sources).toMatchObject([{ records: 4, kept: 2 }]);
  });

  it('writes nothing where an input is cut short, unknown, or has nothing to keep', async () => {
    const packed = gzipSync(lines.join('\n'));
    const short = await fileOf('short.jsonl.gz', packed.subarray(0, -100));
    const text = await fileOf('notes.txt', 'Dear diary');
    const tar = new Uint8Array(1024);
    tar.set(new TextEncoder().encode('ustar'), 257);
    const cases: [string, string][] = [
      [short, 'the gzip file is cut short'],
      [text, 'SMILES lists cannot hold positions in space; give SDF (.sdf), XYZ (.xyz), JSON lines'],
      [await fileOf('qm9_crude.msgpack.tar.gz', gzipSync(tar)), 'is a tar archive; unpack it first: tar xzf'],
      [await fileOf('empty.jsonl', ''), 'the file is empty'],
      [await fileOf('blank.jsonl', '\n'), 'there were no records'],
      [join(folder, 'none.jsonl'), 'no such file'],
    ];
    const out = join(folder, 'nothing.safetensors');
    const options = { seed: 1, shares: { valid: 0, test: 0 } };
    for (const [path, message] of cases) {
      await expect(prepareDataset([path], out, options)).rejects.toThrow(UserError);
      await expect(prepareDataset([path], out, options)).rejects.toThrow(message);
    }
    await expect(prepareDataset([QM9], out, { ...options, maxAtoms: 2 })).rejects.toThrow('14 × too many atoms');
    const left = (await readdir(folder)).filter((name) => name.includes('nothing'));
    expect(left).toEqual([]);
  });

  it('stops when asked to, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const out = join(folder, 'stopped.safetensors');
    const run = prepareDataset([QM9], out, {
      seed: 1,
      shares: { valid: 0, test: 0 },
      signal: controller.signal,
      onProgress: (_, ensembles) => ensembles === 3 && controller.abort(),
    });
    await expect(run).rejects.toThrow(/abort/i);
    expect((await readdir(folder)).filter((name) => name.includes('stopped'))).toEqual([]);
  });
});

describe('readExclusions', () => {
  it('reads lists and files of conformers, and reports what it cannot read', async () => {
    const list = await fileOf('list.smi', 'C[C@H](N)O alanine\n\nC1CC\nCCO\n');
    const faults: string[] = [];
    const found = await readExclusions([list, FRAGMENTS], (message) => faults.push(message));
    const family = (smiles: string) => canonicalSmiles(parseSmiles(smiles), { stereo: false });
    expect(found).toEqual(new Set(['CC(N)O', 'CCO', 'C#CCCC', 'CCCC', 'c1ccccc1-c1ccccc1'].map(family)));
    expect(faults).toEqual([expect.stringContaining('list.smi, line 3: ')]);
  });
});
