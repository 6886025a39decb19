import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { type Dataset, decodeDataset, encodeDataset, ensemblesOf } from '../../../src/conformers/dataset/dataset.js';
import { readDataset, writeDataset } from '../../../src/conformers/dataset/dataset-file.node.js';
import type { Ensemble } from '../../../src/conformers/dataset/ensemble.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../../src/files/safetensors.js';

/** Made up, with every field in use. */
const first: Ensemble = {
  molecule: {
    name: 'ein Stück',
    smiles: 'F/C=C/[N+]',
    atomicNumbers: Uint8Array.of(9, 6, 6, 7, 1),
    charges: Int8Array.of(0, 0, 0, 1, -1),
    bonds: { begin: Int32Array.of(0, 1, 2), end: Int32Array.of(1, 2, 3), type: Uint8Array.of(1, 2, 12) },
    centres: [
      { atom: 1, around: [0, 1, 2, 4], hand: -1 },
      { atom: 2, around: [0, 1, 3, 4], hand: 0 },
    ],
    stereoBonds: [{ atoms: [0, 1, 2, 3], side: 'trans' }],
  },
  conformers: [Float32Array.from({ length: 15 }, (_, i) => i / 2), Float32Array.from({ length: 15 }, (_, i) => -i)],
  energies: Float32Array.of(0, 1.5),
  weights: Float32Array.of(0.75, 0.25),
  level: 'gfn2',
};
const second: Ensemble = {
  molecule: {
    name: '',
    smiles: '[He]',
    atomicNumbers: Uint8Array.of(2),
    charges: Int8Array.of(0),
    bonds: { begin: new Int32Array(), end: new Int32Array(), type: new Uint8Array() },
    centres: [{ atom: 0, around: [0, 0, 0, 0], hand: 1 }],
    stereoBonds: [{ atoms: [0, 0, 0, 0], side: 'open' }],
  },
  conformers: [Float32Array.of(7, 8, 9)],
  level: 'unknown',
};
const ensembles = [first, second, { ...first, level: 'mmff94s' as const, weights: undefined }];
const plain = (ensemble: Ensemble) => JSON.parse(JSON.stringify(ensemble));
const origin = {
  program: 'clofnet 1',
  sources: [{ path: 'a.jsonl', records: 3 }],
  rejected: { records: {}, conformers: { 'wrong stereo': 2 } },
};

describe('a data set', () => {
  it('holds everything of its ensembles', () => {
    const file = encodeDataset(ensembles, origin, ['train', 'valid', 'test']);
    const read = decodeDataset(decodeSafetensors(encodeSafetensors(file.tensors, file.metadata)));
    expect(read.ensembles.map(plain)).toEqual(ensembles.map(plain));
    expect(read.splits).toEqual(['train', 'valid', 'test']);
    expect(ensemblesOf(read, 'valid').map(({ molecule }) => molecule.smiles)).toEqual(['[He]']);
    expect(read.manifest).toMatchObject({ ...origin, molecules: 3, conformers: 5, atoms: 11 });
    expect(read.manifest.splits).toEqual({ train: 1, valid: 1, test: 1 });
  });

  it('may be empty', () => {
    expect(decodeDataset(encodeDataset([]))).toMatchObject({ ensembles: [], splits: [] });
  });

  it('shows its conformers as views of one array', () => {
    const file = encodeDataset(ensembles);
    const [{ conformers }] = decodeDataset(file).ensembles;
    expect(conformers[1].buffer).toBe(file.tensors.get('positions')?.data.buffer);
  });

  it.each<[string, Ensemble, string]>([
    ['too few coordinates', { ...second, conformers: [Float32Array.of(1, 2)] }, 'conformer 1 has 2 coordinates'],
    ['NaN', { ...second, conformers: [Float32Array.of(1, 2, Number.NaN)] }, '[He]: conformer 1 is not finite'],
    ['too many energies', { ...second, energies: Float32Array.of(1, 2) }, 'its energies must be 1 finite numbers'],
    ['an endless weight', { ...second, weights: Float32Array.of(Infinity) }, 'its weights must be 1 finite numbers'],
  ])('takes no conformers with %s', (_, bad, message) => {
    expect(() => encodeDataset([first, bad])).toThrow(UserError);
    expect(() => encodeDataset([first, bad])).toThrow(message);
  });
});

describe('a damaged data set', () => {
  const decodeWith = (name: string, tensor: StoredTensor | undefined): Dataset => {
    const { tensors, metadata } = encodeDataset(ensembles);
    const others = [...tensors].filter(([key]) => key !== name);
    return decodeDataset({ tensors: new Map(tensor ? [...others, [name, tensor]] : others), metadata }, 'd.st');
  };
  const integers = (...values: number[]): StoredTensor => {
    return { dtype: 'I32', shape: [values.length], data: Int32Array.from(values) };
  };

  it.each<[string, StoredTensor | undefined, string]>([
    ['positions', undefined, 'd.st: damaged data set: it has no array positions'],
    ['positions', integers(1), 'it has no array positions, or one of another kind'],
    ['positions', { dtype: 'F32', shape: [1], data: new Float32Array(1) }, 'positions ends too early'],
    ['positions', { dtype: 'F32', shape: [99], data: new Float32Array(99) }, 'positions has 99 numbers, its molecules'],
    ['molecules.atoms', integers(5, 1), 'molecules.atoms has 2 numbers, not 3'],
    ['molecules.conformers', integers(3, -1, 2), 'molecules.conformers has a negative size'],
    ['bonds.end', integers(1, 2, 5, 1, 2, 3), 'molecule 1 (F/C=C/[N+]) has bonds to atoms that it has not'],
    ['bonds.begin', integers(0, 2, 2, 0, 1, 2), 'molecule 1 (F/C=C/[N+]) has bonds to atoms that it has not'],
    ['centres.atom', integers(1, -1, 0, 0, 0), 'has bonds to atoms that it has not'],
  ])('is refused: %s', (name, tensor, message) => {
    expect(() => decodeWith(name, tensor)).toThrow(UserError);
    expect(() => decodeWith(name, tensor)).toThrow(message);
  });

  it('is refused without its manifest, or with a strange one', () => {
    const { tensors } = encodeDataset(ensembles);
    const decode = (metadata: Record<string, string>) => () => decodeDataset({ tensors, metadata }, 'd.st');
    expect(decode({})).toThrow('d.st is not a data set of conformers; use the command conformers prepare to make one');
    expect(decode({ ensembles: '{' })).toThrow('its manifest is not JSON');
    expect(decode({ ensembles: '{"format":"clofnet ensembles","version":2}' })).toThrow('manifest.version');
  });
});

describe('the file of a data set', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is written with its manifest beside it, and read into shared memory where asked', async () => {
    const path = join(folder, 'd.safetensors');
    const written = await writeDataset(path, ensembles, origin);
    expect(await readdir(folder)).toEqual(['d.safetensors', 'd.safetensors.json']);
    expect(JSON.parse(await readFile(`${path}.json`, 'utf8'))).toEqual(written);
    expect(written.sha256).toMatch(/^[0-9a-f]{64}$/);

    for (const shared of [false, true]) {
      const { ensembles: read } = await readDataset(path, { shared });
      expect(read.map(plain)).toEqual(ensembles.map(plain));
      expect(read[0].conformers[0].buffer instanceof SharedArrayBuffer).toBe(shared);
    }
  });
});
