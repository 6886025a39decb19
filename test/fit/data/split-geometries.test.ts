import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkConfig } from '../../../src/common/config.js';
import { UserError } from '../../../src/common/errors.js';
import { encodeNpy } from '../../../src/files/npy.js';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import { readIndices } from '../../../src/fit/data/read-indices.node.js';
import { type GeometrySplit, type SplitConfig, splitSchema } from '../../../src/fit/data/split.js';
import { parseIndices, splitByIndices } from '../../../src/fit/data/split-by-indices.js';
import { splitGeometries } from '../../../src/fit/data/split-geometries.js';

const config = (change: Partial<SplitConfig> = {}): SplitConfig => ({ ...checkConfig(splitSchema, {}), ...change });
const setOf = (files: string[], groups: (string | number | undefined)[] = []) =>
  geometrySet(
    files.map((file, k) => {
      const group = groups[k];
      return {
        species: ['H'],
        positions: [0, 0, 0],
        ...(typeof group === 'string' && { texts: { smiles: group } }),
        ...(typeof group === 'number' && { ofGraphs: { molecule: [group] } }),
        source: { file, line: k + 1 },
      };
    }),
  );
const some = (count: number) => setOf(new Array(count).fill('a.xyz'));
const all = ({ train, valid, test }: GeometrySplit) => [...train, ...valid, ...test].sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

describe('a split by shares', () => {
  it('puts every geometry into one part', () => {
    const amounts = fc.oneof(fc.double({ min: 0.01, max: 0.4, noNaN: true }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 60 }), amounts, amounts, fc.nat(), (count, valid, test, seed) => {
        const split = splitGeometries(some(count), config({ valid, test, seed }));
        expect(all(split)).toEqual(upTo(count));
        const { sizes } = split.description;
        expect(sizes.valid).toBe(valid < 1 ? Math.max(1, Math.round(valid * count)) : valid);
        expect([...split.train]).toEqual([...split.train].sort((a, b) => a - b));
      }),
    );
  });

  it('follows from the seed, and says how', () => {
    const split = splitGeometries(some(20), config({ valid: 5, test: 0.25 }));
    expect(split).toEqual(splitGeometries(some(20), config({ valid: 5, test: 0.25 })));
    expect(split.valid).not.toEqual(splitGeometries(some(20), config({ valid: 5, test: 0.25, seed: 2 })).valid);
    expect(split.description).toEqual({ by: 'share', seed: 1, sizes: { train: 10, valid: 5, test: 5 } });
  });

  it('may leave out the test, and train on fewer', () => {
    const [many, few] = [10, 4].map((train) => splitGeometries(some(20), config({ valid: 5, test: 0, train })));
    expect(few.description.sizes).toEqual({ train: 4, valid: 5, test: 0 });
    expect(few.valid).toEqual(many.valid);
    expect([...few.train].every((k) => many.train.includes(k))).toBe(true);
  });

  it.each<[number, Partial<SplitConfig>, string]>([
    [10, { valid: 6, test: 4 }, '6 for validation and 4 for the test leave none of 10 geometries to train on'],
    [1, {}, '1 for validation and 1 for the test leave none of 1 geometry to train on'],
    [10, { valid: 0 }, 'the split leaves no geometry to validate on (9 geometries to train on, 1 to test on)'],
  ])('of %d that leaves a part empty is refused: %j', (count, change, message) => {
    expect(() => splitGeometries(some(count), config(change))).toThrow(UserError);
    expect(() => splitGeometries(some(count), config(change))).toThrow(message);
  });

  it('is of shares or of whole numbers', () => {
    expect(() => checkConfig(splitSchema, { valid: 1.5 })).toThrow(
      'valid is 1.5; expected a share below 1, or a whole number of geometries',
    );
  });
});

describe('a split by groups', () => {
  const names = fc.array(fc.constantFrom('C', 'CC', 'CCO', 'O', 'N', 'F'), { minLength: 30, maxLength: 60 });

  it('has the geometries of a group on one side', () => {
    fc.assert(
      fc.property(names, fc.nat(), (groups, seed) => {
        const set = setOf(
          groups.map(() => 'a.xyz'),
          groups,
        );
        const split = splitGeometries(set, config({ groupBy: 'smiles', valid: 1, test: 1, seed }));
        expect(all(split)).toEqual(upTo(groups.length));
        const of = (part: Int32Array) => new Set(Array.from(part, (k) => groups[k]));
        const [train, valid, test] = [of(split.train), of(split.valid), of(split.test)];
        expect(train.size + valid.size + test.size).toBe(new Set(groups).size);
        expect(split.description.groups).toEqual({ train: train.size, valid: valid.size, test: test.size });
      }),
    );
  });

  it('goes by numbers too, and says so', () => {
    const set = setOf(new Array(6).fill('a.xyz'), [1, 2, 3, 1, 2, 3]);
    const { description } = splitGeometries(set, config({ groupBy: 'molecule' }));
    expect(description).toEqual({
      ...{ by: 'group', key: 'molecule', seed: 1 },
      ...{ groups: { train: 1, valid: 1, test: 1 }, sizes: { train: 2, valid: 2, test: 2 } },
    });
  });

  it.each<[(string | number | undefined)[], string, string]>([
    [['C', 'C'], 'smile', 'the files have no smile to group by (did you mean "smiles"?); they have smiles'],
    [['C', undefined, 'O'], 'smiles', 'a.xyz:2: the geometry has no smiles, by which groups are split'],
    [[1, undefined, 2], 'molecule', 'a.xyz:2: the geometry has no molecule'],
    [['C', 'C', 'O', 'O'], 'smiles', 'there are 2 groups by smiles, and validation and the test take them all'],
    [['C', 'C', 'C', 'C'], 'smiles', 'there is 1 group by smiles'],
  ])('of %j by %s is refused', (groups, groupBy, message) => {
    const set = setOf(
      groups.map(() => 'a.xyz'),
      groups,
    );
    expect(() => splitGeometries(set, config({ groupBy }))).toThrow(message);
  });
});

describe('a split by files', () => {
  it('takes their names', () => {
    const set = setOf(['d/train.xyz', 'd/train.xyz', 'd/val.xyz', 'd/test_1.xyz', 'd/test_2.xyz']);
    const split = splitGeometries(set, config());
    expect([[...split.train], [...split.valid], [...split.test]]).toEqual([[0, 1], [2], [3, 4]]);
    expect(split.description).toEqual({
      ...{ by: 'files', sizes: { train: 2, valid: 1, test: 2 } },
      files: { train: ['d/train.xyz'], valid: ['d/val.xyz'], test: ['d/test_1.xyz', 'd/test_2.xyz'] },
    });
  });

  it('takes validation from the training files where none is named', () => {
    const set = setOf([...new Array(10).fill('train.xyz'), 'test.xyz']);
    const split = splitGeometries(set, config({ valid: 3 }));
    expect(split.description.sizes).toEqual({ train: 7, valid: 3, test: 1 });
    expect([...split.test]).toEqual([10]);
    expect(split.description).toMatchObject({ validFromTrain: true, seed: 1 });
    expect(all(split)).toEqual(upTo(11));
  });

  it('is none where all are named alike', () => {
    expect(splitGeometries(setOf(new Array(10).fill('test.xyz')), config()).description.by).toBe('share');
  });

  it.each([
    [['train.xyz', 'more.xyz'], 'more.xyz begins with none of train, valid and test, as other files do'],
    [['valid.xyz', 'test.xyz'], 'no file is named train, others are named valid and test'],
    [['train.xyz', 'test.xyz'], 'leave none of 1 geometry to train on'],
  ])('of %j is refused', (files, message) => {
    expect(() => splitGeometries(setOf(files), config())).toThrow(message);
  });
});

describe('a split by indices', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const list = (source: string, ...indices: number[]) => ({ source, indices });

  it('takes them from files of text and of NumPy', async () => {
    const [train, valid] = ['train.csv', 'valid.npy'].map((name) => join(folder, name));
    await writeFile(train, '4\n2\n0\r\n');
    await writeFile(valid, encodeNpy({ shape: [2], data: BigInt64Array.of(3n, 1n) }));
    const split = splitByIndices(6, { train: await readIndices(train), valid: await readIndices(valid) });
    expect([[...split.train], [...split.valid], [...split.test]]).toEqual([[0, 2, 4], [1, 3], []]);
    const files = { train: [train], valid: [valid], test: [] };
    expect(split.description).toEqual({ by: 'indices', files, sizes: { train: 3, valid: 2, test: 0 } });
    await writeFile(valid, encodeNpy({ shape: [1], data: Float64Array.of(0.5) }));
    await expect(readIndices(valid)).rejects.toThrow('valid.npy must hold one row of whole numbers');
    await expect(readIndices(join(folder, 'none.csv'))).rejects.toThrow('none.csv: no such file');
  });

  it.each([
    ['1\nx\n', 'i.csv:2: expected the number of a geometry, from 0, found "x"'],
    ['-1\n', 'i.csv:1: expected the number of a geometry, from 0, found "-1"'],
    ['1.5', 'found "1.5"'],
    ['\n', 'i.csv: the file has no indices'],
  ])('refuses %j', (text, message) => {
    expect(() => parseIndices(text, 'i.csv')).toThrow(message);
  });

  it('refuses what is no geometry or is named twice, and an empty part', () => {
    const split = (train: number[], valid: number[]) => () =>
      splitByIndices(3, { train: list('t.csv', ...train), valid: list('v.csv', ...valid) });
    expect(split([0, 1], [3])).toThrow('v.csv: there is no geometry 3; there are 3, counted from 0');
    expect(split([0, 1], [1])).toThrow('v.csv: geometry 1 is named in t.csv too');
    expect(split([0, 0], [1])).toThrow('t.csv: geometry 0 is named twice');
    expect(split([0], [])).toThrow(
      'the split leaves no geometry to validate on (1 geometry to train on, 0 to test on)',
    );
  });
});
