import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { decodeNpy } from '../../../src/files/npy.js';
import { writeNpyFile } from '../../../src/files/npy-file.node.js';
import {
  findDatasets,
  onlyDataset,
  readDataset,
  readDescription,
  readSplit,
} from '../../../src/newton/data/dataset-read.node.js';
import { writeDataset } from '../../../src/newton/data/dataset-write.node.js';
import { describeSet, spacingOf } from '../../../src/newton/data/set-description.js';
import { datasetName } from '../../../src/newton/data/set-name.js';
import { snapshotPairs } from '../../../src/newton/data/snapshots.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../../src/newton/simulation/simulate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 5, steps: 501 });
const sets = simulateSplits(simulation, drawInitialStates(simulation, { train: 3, valid: 2, test: 2 }));
const name = datasetName(simulation);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-dataset-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function failure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message.replaceAll(folder, 'DIR');
}

describe('a data set', () => {
  it.each([
    ['charged', 5, 'charged5_initvel1small'],
    ['charged', 20, 'charged20_initvel1small_20body'],
    ['static', 20, 'charged20_initvel1static_20body'],
    ['dynamic', 20, 'charged20_initvel1dynamic_20body'],
    ['springs', 7, 'springs7_initvel1small_7body'],
    ['gravity', 5, 'gravity5_initvel1small'],
  ] as const)('of %s systems of %d bodies is named %s', (kind, bodies, expected) => {
    expect(datasetName({ kind, bodies })).toBe(expected);
  });

  it('is written in the published layout and read back as it was', async () => {
    const files = await writeDataset(folder, name, sets);
    expect(files).toHaveLength(12);
    expect(new Set(await readdir(folder))).toEqual(new Set(files.map((file) => file.slice(folder.length + 1))));
    const shapes = { loc: [3, 5, 3, 5], vel: [3, 5, 3, 5], edges: [3, 5, 5], charges: [3, 5, 1] };
    for (const [quantity, shape] of Object.entries(shapes)) {
      const array = decodeNpy(await readFile(join(folder, `${quantity}_train_charged5_initvel1small.npy`)));
      expect(array.shape).toEqual(shape);
      expect(array.data).toBeInstanceOf(Float64Array);
    }
    expect(await onlyDataset(folder)).toBe(name);
    expect(await readDataset(folder, name)).toEqual(sets);
  });

  it('says what it is in a file beside, where that is told', async () => {
    const description = describeSet(simulation, 43, { train: 3, valid: 2, test: 2 });
    const files = await writeDataset(folder, name, sets, description);
    expect(files).toHaveLength(13);
    expect(await readDescription(folder, name)).toEqual(description);
    expect(description).toMatchObject({ spacing: 0.1, simulation: { kind: 'charged', timeStep: 1e-3, seed: 43 } });
    expect(defineSimulation(description.simulation)).toEqual(simulation);
    await writeDataset(folder, name, sets);
    expect(await readDescription(folder, name)).toBeUndefined();
  });

  it('may be described by hand, without slips', async () => {
    const path = join(folder, 'set_mine.json');
    await writeFile(path, '{ "format": "clofnet trajectories", "version": 1, "spacing": 0.5 }');
    const description = await readDescription(folder, 'mine');
    expect(spacingOf('mine', description)).toBe(0.5);
    await writeFile(path, '{ "format": "clofnet trajectories", "version": 1,\n "spaceing": 0.5, "spacing": 1 }');
    expect(await failure(readDescription(folder, 'mine'))).toContain('"spaceing" (did you mean "spacing"?)');
    // Without a description: published sets are 0.1 apart, others as the user of a network says.
    expect(spacingOf(name, undefined, 0.3)).toBeUndefined();
    expect(spacingOf('mine', undefined, 0.3)).toBe(0.3);
  });

  it('takes the place of another one as a whole, or leaves it as it was', async () => {
    await writeDataset(folder, name, sets);
    const before = await readdir(folder);
    const other = { ...sets, train: sets.valid, valid: sets.train };
    await rm(join(folder, `vel_test_${name}.npy`));
    await mkdir(join(folder, `vel_test_${name}.npy`));
    expect(await failure(writeDataset(folder, name, other))).toBe(
      `cannot write DIR/vel_test_${name}.npy: a folder of that name is there`,
    );
    expect((await readdir(folder)).sort()).toEqual(before.sort());
    expect(await readSplit(folder, name, 'train')).toEqual(sets.train);
    await rm(join(folder, `vel_test_${name}.npy`), { recursive: true });
    await writeDataset(folder, name, other);
    expect(await readDataset(folder, name)).toEqual(other);
  });

  it('is found by its files, and ambiguity or absence is an error', async () => {
    expect(await failure(onlyDataset(folder))).toContain('no data set in DIR');
    await writeDataset(folder, 'b', sets);
    await writeDataset(folder, 'a', { ...sets, valid: { ...sets.valid, trajectories: 0 } });
    expect(await findDatasets(folder)).toEqual([
      { name: 'a', splits: ['train', 'test'] },
      { name: 'b', splits: ['train', 'valid', 'test'] },
    ]);
    expect(await failure(onlyDataset(folder))).toBe('2 data sets in DIR, name one: a, b');
    expect(await failure(onlyDataset(join(folder, 'nowhere')))).toBe('cannot read DIR/nowhere: no such folder');
    const file = join(folder, 'charges_test_a.npy');
    expect(await failure(onlyDataset(file))).toBe('cannot read DIR/charges_test_a.npy: it is a file, not a folder');
    expect(await failure(readSplit(folder, 'a', 'valid'))).toBe(
      'the set a in DIR has no valid split, only train and test: there is no loc_valid_a.npy',
    );
    await writeDataset(folder, 'bananas', sets);
    expect(await failure(readSplit(folder, 'banana', 'test'))).toBe(
      'there is no set banana in DIR; it has bananas, a, b',
    );
    await rm(join(folder, 'vel_test_b.npy'));
    expect(await failure(readSplit(folder, 'b', 'test'))).toBe('cannot read DIR/vel_test_b.npy: no such file');
  });
});

describe('a damaged data set', () => {
  beforeEach(() => writeDataset(folder, name, sets));
  const file = (quantity: string) => join(folder, `${quantity}_train_${name}.npy`);

  it('is refused where a value is not finite', async () => {
    const vel = sets.train.vel.slice();
    vel[(2 * 5 + 4) * 15 + 7] = Number.NaN;
    await writeNpyFile(file('vel'), { shape: [3, 5, 3, 5], data: vel });
    expect(await failure(readSplit(folder, name, 'train'))).toBe(
      `DIR/vel_train_${name}.npy holds NaN in trajectory 2, snapshot 4 (counted from 0)`,
    );
    vel[(2 * 5 + 4) * 15 + 7] = 1e39;
    await writeNpyFile(file('vel'), { shape: [3, 5, 3, 5], data: vel });
    expect(await failure(readSplit(folder, name, 'train'))).toContain('holds 1e+39, more than float32 can hold, in');
  });

  it('is refused where files do not belong together', async () => {
    await writeNpyFile(file('charges'), { shape: [3, 5], data: sets.train.charges });
    expect(await failure(readSplit(folder, name, 'train'))).toBe(
      `DIR/charges_train_${name}.npy has shape (3, 5); beside DIR/loc_train_${name}.npy it must be (3, 5, 1)`,
    );
  });

  it('is refused where positions have no three components', async () => {
    await writeNpyFile(file('loc'), { shape: [3, 25, 3], data: sets.train.loc });
    expect(await failure(readSplit(folder, name, 'train'))).toContain('has shape (3, 25, 3); needed is');
    await writeNpyFile(file('loc'), { shape: [0, 5, 3, 5], data: new Float64Array() });
    expect(await failure(readSplit(folder, name, 'train'))).toContain(
      'holds no trajectories: its shape is (0, 5, 3, 5)',
    );
  });

  it('is refused where a file is cut short', async () => {
    const bytes = await readFile(file('edges'));
    await writeFile(file('edges'), bytes.subarray(0, 400));
    expect(await failure(readSplit(folder, name, 'train'))).toBe(
      `DIR/edges_train_${name}.npy is cut short: shape (3, 5, 5) of <f8 needs 600 bytes of data, found 272`,
    );
  });
});

describe('snapshots for training', () => {
  it('are laid out body by body', () => {
    const pairs = snapshotPairs(sets.train, { input: 1, target: 4, count: 2 });
    expect(pairs).toMatchObject({ count: 2, bodies: 5 });
    expect(pairs.positions).toHaveLength(2 * 5 * 3);
    const at = (values: Float64Array, t: number, snapshot: number, body: number, axis: number) =>
      Math.fround(values[((t * 5 + snapshot) * 3 + axis) * 5 + body]);
    expect(pairs.positions[(1 * 5 + 3) * 3 + 2]).toBe(at(sets.train.loc, 1, 1, 3, 2));
    expect(pairs.velocities[(1 * 5 + 2) * 3 + 0]).toBe(at(sets.train.vel, 1, 1, 2, 0));
    expect(pairs.targets[(0 * 5 + 4) * 3 + 1]).toBe(at(sets.train.loc, 0, 4, 4, 1));
    expect([...pairs.charges]).toEqual([...sets.train.charges.subarray(0, 10)]);
  });

  it('must be there', () => {
    expect(() => snapshotPairs(sets.train)).toThrow(
      'there is no input snapshot 30: trajectories have snapshots 0 to 4',
    );
    expect(() => snapshotPairs(sets.train, { input: 0, target: 4, count: 4 })).toThrow('4 trajectories were requested');
  });
});
