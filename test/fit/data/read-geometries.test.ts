import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { findGeometryFiles, readGeometries } from '../../../src/fit/data/read-geometries.node.js';
import { resolveTargets } from '../../../src/fit/resolve-targets.js';
import { fixturePath } from '../../support/fixtures.js';

const fixture = (name: string) => fixturePath('fit', name);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The set of a file with such content. */
async function reading(content: string | Uint8Array, name = 'in.xyz') {
  const path = join(folder, name);
  await writeFile(path, content);
  return readGeometries([path]);
}
const { NaN: none } = Number;

describe('a file that ASE 3.29 wrote', () => {
  it('holds what was put into it', async () => {
    const set = await readGeometries([fixture('ase.xyz')]);
    expect(set.speciesNames).toEqual(['O', 'H', 'Na', 'Cl']);
    expect([...set.positions.subarray(0, 4)]).toEqual([0, 0, 0.1, 0.76]);
    expect([...(set.cells ?? [])]).toEqual([4, 0, 0, 1, 5, 0, 0, 0.5, 6, ...new Array(9).fill(0)]);
    expect([...(set.periodic ?? [])]).toEqual([1, 1, 0, 0, 0, 0]);
    expect(Object.fromEntries(Object.entries(set.ofGraphs).map(([name, { data }]) => [name, [...data]]))).toEqual({
      REF_energy: [-14.25, none],
      tensor: [0, 1, 2, 3, 4, 5, 6, 7, 8, ...new Array(9).fill(none)],
      count: [7, none],
      nested: [1.5, 2, 3, 4, none, none, none, none],
      energy: [-14.5, -3.5],
      free_energy: [-14.625, none],
      stress: [...[1, 6, 5, 6, 2, 4, 5, 4, 3].map((x) => x / 64), ...new Array(9).fill(none)],
      dipole: [0.25, 0.5, -0.75, none, none, none],
    });
    const firstOf = (name: string) => [...set.ofNodes[name].data.subarray(0, 3 * set.ofNodes[name].width)];
    expect(firstOf('forces')).toEqual([1, 1, 1, 2, 2, 2, -3, -3, -3].map((x) => x / 4));
    expect(firstOf('REF_forces')).toEqual(Array.from({ length: 9 }, (_, k) => k / 8));
    expect(firstOf('partial')).toEqual([0.5, none, 1.5]);
    expect(firstOf('charge')).toEqual([-0.7, 0.35, 0.35]);
    expect(firstOf('initial_charges')).toEqual([-0.8, 0.4, 0.4]);
    expect(firstOf('fixed')).toEqual([1, 0, 0]);
    expect(set.texts.config_type).toEqual(['bulk water', 'dimer']);
    expect(set.texts.note).toEqual(['a "quoted" word', '']);
    expect(set.sources.map(({ line }) => line)).toEqual([1, 6]);
  });
});

describe('files and folders', () => {
  it('are read as one set, plain or gzip', async () => {
    const set = await readGeometries([fixture('ethanol.xyz.gz'), fixture('multipoles.xyz.gz')]);
    expect(set.sizes.length).toBe(9);
    expect(set.speciesNames).toEqual(['C', 'O', 'H', 'N']);
    expect(set.ofGraphs.energy.data[0]).toBe(-309.41205992);
    expect(set.ofGraphs.quadrupole.width).toBe(6);
    expect(set.ofGraphs.quadrupole.data.subarray(0, 24).every(Number.isNaN)).toBe(true);
    expect(set.texts.smiles[0]).toBe('CCO');
  });

  it('are found, in the order of their names', async () => {
    const found = await findGeometryFiles([fixturePath('fit')]);
    expect(found).toContain(fixture('ase.xyz'));
    expect(found).toEqual([...found].sort());
    expect(await findGeometryFiles(['-'])).toEqual(['-']);
  });

  it('must hold geometries, once', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    await expect(readGeometries([empty])).rejects.toThrow(`${empty}: the folder has no file of geometries; give ext`);
    await expect(readGeometries([join(empty, 'no.xyz')])).rejects.toThrow('no.xyz: no such file');
    const twice = [fixture('ase.xyz'), fixturePath('fit')];
    await expect(readGeometries(twice)).rejects.toThrow('ase.xyz is named twice');
  });
});

describe('extended XYZ', () => {
  it('has cells from Lattice and pbc, however they are written', async () => {
    const frame = (comment: string) => `1\n${comment}\nH 0 0 0\n`;
    const comments = [
      'Lattice="2 3 4"',
      'Lattice=[[2,0,0],[0,3,0],[0,0,4]] pbc=[T, F, T]',
      'Lattice={2 0 0 0 3 0 0 0 4} pbc=T',
    ];
    const set = await reading(comments.map(frame).join(''));
    const cell = [2, 0, 0, 0, 3, 0, 0, 0, 4];
    expect([...(set.cells ?? [])]).toEqual([...cell, ...cell, ...cell]);
    expect([...(set.periodic ?? [])]).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 1]);
  });

  it('has lists of all kinds, and missing values', async () => {
    const comments = [`a="1 2 3" b={4 5} c=[6, 7] d='8 9' e=[[1, 2], [3, 4]] g=nan h=2`, 'a=None b=null g=4 h=NaN'];
    const set = await reading(comments.map((comment) => `1\n${comment}\nH 0 0 0\n`).join(''));
    const { a, b, c, d, e, g, h } = set.ofGraphs;
    expect([a, b, c, d, e, g, h].map(({ data }) => [...data])).toEqual([
      [1, 2, 3, none, none, none],
      ...[
        [4, 5, none, none],
        [6, 7, none, none],
        [8, 9, none, none],
      ],
      [1, 2, 3, 4, none, none, none, none],
      ...[
        [none, 4],
        [2, none],
      ],
    ]);
    expect(set.texts).toEqual({});
  });

  it('has free text in the comment, as plain XYZ does', async () => {
    const comments = ['energy: -12.5 gnorm: 0.001', 'i = 5, time = 2.5, E = -17.25', 'marked', "it's by hand"];
    const set = await reading(comments.map((comment) => `1\n${comment}\nH 0 0 0\n`).join(''));
    const { i, time, E } = set.ofGraphs;
    expect([i, time, E].map(({ data }) => data[1])).toEqual([5, 2.5, -17.25]);
    expect(set.texts).toEqual({
      comment: ['energy: -12.5 gnorm: 0.001', '', 'marked', "it's by hand"],
    });
  });

  it('has the units that its comments say', async () => {
    const set = await reading('1\nenergy=1 energy_unit=kcal/mol length_unit=Å\nH 0 0 0\n');
    expect(set.units).toEqual({ energy: 'kcal/mol', forces: 'kcal/mol/Å' });
    expect((await reading('1\nenergy=1\nH 0 0 0\n')).units).toEqual({});
  });

  it.each(['inf', '-Infinity', '1e999', '"1 inf nan"'])('sets aside what is not finite: %s', async (value) => {
    const set = await reading(`1\nenergy=1\nH 0 0 0\n1\nenergy=${value}\nH 0 0 0\n`);
    expect(set.setAside.ofGraphs.energy).toMatch(/^is "[^"]+" in .*:5, not finite$/);
    expect(() => resolveTargets(['energy'], set)).toThrow(/energy is "[^"]+" in .*:5, not finite/);
  });

  it('has no more names than data have', async () => {
    const frame = (k: number) => `1\nword${k} number${k}=1\nH 0 0 0\n`;
    const set = await reading(Array.from({ length: 1200 }, (_, k) => frame(k)).join(''));
    expect(Object.keys(set.texts).length).toBe(1000);
    expect(Object.keys(set.ofGraphs).length).toBe(1000);
    expect(set.setAside.ofGraphs.number1100).toBe('is one of more than 1000 names');
    expect(() => resolveTargets(['energy'], set)).toThrow(/they have number0, .*number19 and 980 more$/);
  });

  it('has species that are no elements, and elements by their numbers', async () => {
    const set = await reading('2\n\nA1 0 0 0\nup 1 0 0\n2\nProperties=Z:I:1:pos:R:3\n6 0 0 0\n92 1 0 0\n');
    expect(set.speciesNames).toEqual(['A1', 'up', 'C', 'U']);
    await expect(reading('1\nProperties=Z:I:1:pos:R:3\n130 0 0 0\n')).rejects.toThrow(
      'in.xyz:1: Z of atom 1 is 130, no element',
    );
  });

  it.each([
    ['1\nLattice="1 2"\nH 0 0 0\n', 'in.xyz:2: Lattice must be 9 numbers, not "1 2"'],
    ['1\nLattice="1 0 0 0 x 0 0 0 1"\nH 0 0 0\n', 'in.xyz:2: Lattice must be 9 numbers, not "1 0 0 0 x'],
    ['1\npbc="T T"\nH 0 0 0\n', 'in.xyz:2: pbc must be three of T and F, as in pbc="T T F", not "T T"'],
    ['1\npbc="T T F"\nH 0 0 0\n', 'in.xyz:1: the geometry repeats, but has no cell'],
    ['1\n\nH 0 nan 0\n', 'in.xyz:3: column 3 (positions) must be a finite number, not "nan"'],
    ['1\nProperties=pos:R:3:forces:R:3\n0 0 0 1 inf 1\n', 'in.xyz:3: column 5 (forces) must be a finite number'],
    ['2\nProperties=species:S:1:pos:R:3:q:R:1\nH 0 0 0 1\nH 1 0 0\n', 'in.xyz:4: expected 5 columns'],
    ['2\n\nH 0 0 0\n', 'in.xyz:1: the structure announces 2 bodies, the file ends after 1'],
    ['', 'in.xyz: the file is empty'],
    ['\n\n', 'in.xyz: the file has no geometry'],
  ])('is refused: %j', async (text, message) => {
    await expect(reading(text)).rejects.toThrow(UserError);
    await expect(reading(text)).rejects.toThrow(message);
  });

  it('in a gzip that is cut short is refused', async () => {
    const bytes = await readFile(fixture('ethanol.xyz.gz'));
    await expect(reading(bytes.subarray(0, 600), 'in.xyz.gz')).rejects.toThrow('in.xyz.gz: the gzip file is cut short');
    await expect(reading(gzipSync(''), 'in.xyz.gz')).rejects.toThrow('in.xyz.gz: the file is empty');
  });
});
