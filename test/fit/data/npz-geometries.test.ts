import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { encodeNpy, type NpyArray } from '../../../src/files/npy.js';
import { GeometrySetBuilder } from '../../../src/fit/data/geometry-builder.js';
import { read } from '../../../src/fit/data/npz-geometries.js';
import { readGeometries } from '../../../src/fit/data/read-geometries.node.js';
import { fixturePath } from '../../support/fixtures.js';

const fixture = (name: string) => fixturePath('fit', name);
const array = (shape: number[], data = new Float64Array(shape.reduce((a, b) => a * b, 1))): NpyArray => ({
  shape,
  data,
});
const archive = (arrays: Record<string, NpyArray>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, one]) => [`${name}.npy`, encodeNpy(one)])));

async function reading(bytes: Uint8Array) {
  const builder = new GeometrySetBuilder();
  for await (const geometry of read(
    (async function* () {
      yield bytes.subarray(0, 5);
      yield bytes.subarray(5);
    })(),
    'in.npz',
  ))
    builder.add(geometry);
  return builder.build();
}

const good = {
  z: array([2], Float64Array.of(1, 8)),
  R: array(
    [2, 2, 3],
    Float64Array.from({ length: 12 }, (_, k) => k),
  ),
  E: array([2], Float64Array.of(-1, -2)),
};

describe('.npz files that NumPy wrote', () => {
  it('in the layout of rMD17 have energy and forces, in kcal/mol', async () => {
    const set = await readGeometries([fixture('rmd17.npz')]);
    expect(set.speciesNames).toEqual(['O', 'H']);
    expect([...set.species]).toEqual([0, 1, 1, 0, 1, 1]);
    expect([...set.positions]).toEqual(Array.from({ length: 18 }, (_, k) => k / 8));
    expect([...set.ofGraphs.energy.data]).toEqual([-10.5, -11.25]);
    expect([...set.ofNodes.forces.data]).toEqual(Array.from({ length: 18 }, (_, k) => -k / 16));
    expect([...set.ofGraphs.old_energies.data]).toEqual([-1, -2]);
    expect(set.units).toEqual({ energy: 'kcal/mol', forces: 'kcal/mol/Å' });
    expect(set.sources[1]).toEqual({ file: fixture('rmd17.npz'), frame: 2 });
  });

  it('have what could be of atoms and of geometries as both', async () => {
    const set = await readGeometries([fixture('rmd17.npz')]);
    expect(set.ofGraphs.shift).toEqual({ width: 3, data: Float64Array.of(0, 1, 2, 3, 4, 5) });
    expect(set.ofNodes.shift).toEqual({ width: 1, data: Float64Array.of(0, 1, 2, 3, 4, 5) });
    expect(set.ofGraphs.forces).toBeUndefined();
  });

  it('in the layout of MD17 have energy and forces in the units they say', async () => {
    const set = await readGeometries([fixture('md17.npz')]);
    expect(set.speciesNames).toEqual(['C', 'O']);
    expect(set.ofGraphs.energy).toEqual({ width: 1, data: Float64Array.of(-1, -2, -3) });
    expect([...set.ofNodes.forces.data]).toEqual(Array.from({ length: 18 }, (_, k) => k / 16));
    expect(set.units).toEqual({ energy: 'kcal/mol', forces: 'kcal/mol/Å' });
    expect([...(set.cells ?? [])].slice(9, 18)).toEqual([3, 0, 0, 0, 4, 0, 0, 0, 5]);
    expect([...(set.periodic ?? [])].slice(0, 3)).toEqual([1, 1, 0]);
  });
});

describe('a .npz file', () => {
  it('may have geometries of different atoms, filled up with zeros', async () => {
    const z = array([2, 3], Float64Array.of(8, 1, 1, 0, 6, 0));
    const R = array(
      [2, 3, 3],
      Float64Array.from({ length: 18 }, (_, k) => k),
    );
    const F = array(
      [2, 3, 3],
      Float64Array.from({ length: 18 }, (_, k) => -k),
    );
    const set = await reading(archive({ z, R, F, E: good.E }));
    expect([...set.sizes]).toEqual([3, 1]);
    expect(set.speciesNames).toEqual(['O', 'H', 'C']);
    expect([...set.positions.subarray(9)]).toEqual([12, 13, 14]);
    expect([...set.ofNodes.forces.data.subarray(9)]).toEqual([-12, -13, -14]);
  });

  it('sets aside what has no row for each geometry', async () => {
    const set = await reading(archive({ ...good, note: array([7]) }));
    expect(set.setAside.ofGraphs.note).toBe('has the shape (7) in in.npz, no row for each of 2 geometries');
  });

  it.each<[string, Record<string, NpyArray>, string]>([
    ['no positions', { z: good.z }, 'in.npz has no positions (coords, R, positions or pos); it has z'],
    ['no species', { R: good.R }, 'in.npz has no atomic numbers (nuclear_charges, z, Z, numbers or atomic_numbers)'],
    [
      'flat positions',
      { ...good, R: array([2, 6]) },
      'in.npz: R has the shape (2, 6); expected (geometries, atoms, 3)',
    ],
    ['other species', { ...good, z: array([3]) }, 'in.npz: z has the shape (3); expected (2) or (2, 2), for positions'],
    ['other energies', { ...good, E: array([3]) }, 'in.npz: E has the shape (3); expected (2, …)'],
    ['other forces', { ...good, F: array([2, 6]) }, 'in.npz: F has the shape (2, 6); expected (2, 2, …)'],
    [
      'a small cell',
      { ...good, cell: array([2, 2]) },
      'in.npz: cell has the shape (2, 2); expected (3, 3) or (2, 3, 3)',
    ],
    ['element 200', { ...good, z: array([2], Float64Array.of(1, 200)) }, 'in.npz: z[1] is 200, no element'],
    ['no atoms', { ...good, z: array([2]) }, 'in.npz, geometry 1: the geometry has no atoms'],
    [
      'NaN',
      { ...good, R: array([2, 2, 3], new Float64Array(12).fill(Number.NaN, 9)) },
      'in.npz, geometry 2: the position of atom 2 is NaN, no finite number',
    ],
  ])('with %s is refused', async (_, arrays, message) => {
    await expect(reading(archive(arrays))).rejects.toThrow(UserError);
    await expect(reading(archive(arrays))).rejects.toThrow(message);
  });

  it('that is cut short, or none, is refused', async () => {
    const bytes = new Uint8Array(await readFile(fixture('rmd17.npz')));
    const message = 'in.npz: the .npz file is damaged or cut short';
    for (const length of [10, 400, bytes.length - 30])
      await expect(reading(bytes.slice(0, length))).rejects.toThrow(message);
    await expect(reading(new TextEncoder().encode('hello'))).rejects.toThrow('in.npz is not a .npz file');
    const cut = zipSync({ 'R.npy': encodeNpy(good.R).subarray(0, 150) });
    await expect(reading(cut)).rejects.toThrow('in.npz, array R, is cut short');
  });
});
