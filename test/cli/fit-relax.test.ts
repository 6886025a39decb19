import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatExtendedXyz, parseExtendedXyz } from '../../src/files/extended-xyz.js';
import type { Potential } from '../../src/fit/motion/potential.js';
import { icosahedron, lennardJones, METAL } from '../fit/motion/support/potentials.js';
import { clofnetFitWith } from './support/fit-with.js';

const pair = { species: ['Ar', 'Ne'], positions: Float64Array.of(0, 0, 0, 0, 0, 1.3), arrays: new Map(), info: {} };
const cluster = { ...pair, species: Array<string>(13).fill('Ar'), positions: icosahedron(1.2) };

let folder = '';
let input = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  input = join(folder, 'in.xyz');
  const cell = { Lattice: '9 0 0 0 9 0 0 0 9', pbc: 'T T F' };
  await writeFile(input, formatExtendedXyz([cluster, pair, { ...pair, info: {} }, { ...pair, info: cell }]));
});
afterAll(() => rm(folder, { recursive: true }));

const framesOf = async (path: string) => parseExtendedXyz(await readFile(path, 'utf8'), path);
const options = ['--weights', 'w.safetensors', '--max-force', '0.0001'];

describe('clofnet fit relax', () => {
  it('relaxes every geometry, and writes its steps where asked', async () => {
    const [out, path] = [join(folder, 'out.xyz'), join(folder, 'path.xyz')];
    const { run, opened, isClosed } = clofnetFitWith(lennardJones());
    const { exitCode, stdout, stderr } = await run('relax', input, ...options, '-o', out, '--trajectory', path);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/out\.xyz: 4 geometries, 4 converged, in /);
    expect(stdout).toMatch(/in\.xyz:1: -44\.3268\d* eV, lower by \S+; \d+ steps, largest force \S+ eV\/Å\n/);
    const frames = await framesOf(out);
    expect(frames.map(({ info }) => Number(info.energy).toFixed(4))).toEqual([
      '-44.3268',
      '-1.0000',
      '-1.0000',
      '-1.0000',
    ]);
    expect(frames.map(({ info }) => info.converged)).toEqual(['T', 'T', 'T', 'T']);
    expect(frames[1].positions[5] - frames[1].positions[2]).toBeCloseTo(2 ** (1 / 6), 5);
    expect(frames[3].info).toMatchObject({ Lattice: '9 0 0 0 9 0 0 0 9', pbc: 'T T F' });
    // A potential is kept as long as atoms and cell stay the same.
    expect(opened.map(({ atoms }) => [atoms.species.length, atoms.cell?.length])).toEqual([
      [13, undefined],
      [2, undefined],
      [2, 9],
    ]);
    expect(isClosed()).toBe(true);
    const steps = await framesOf(path);
    expect(steps.map(({ info }) => info.geometry)).toEqual(steps.map(({ info }) => info.geometry).sort());
    expect(steps.filter(({ info }) => info.step === '0')).toHaveLength(4);
  });

  it('exits with 1 where geometries did not converge, as JSON too', async () => {
    const out = join(folder, 'short.xyz');
    const { run } = clofnetFitWith(lennardJones());
    const { exitCode, stdout, stderr } = await run('relax', input, ...options, '--steps', '2', '-o', out, '--json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^clofnet fit relax: [1-4] of 4 geometries did not converge\n$/),
    });
    const { geometries, converged } = JSON.parse(stdout);
    expect(geometries).toHaveLength(4);
    expect(geometries[0]).toMatchObject({ source: { file: input, line: 1 }, steps: 2, converged: false, units: METAL });
    expect(geometries.filter((one: { converged: boolean }) => one.converged)).toHaveLength(converged);
    expect((await framesOf(out))[0].info.converged).toBe('F');
  });

  it('says why a geometry did not converge', async () => {
    const words = (name: string) => ['relax', input, ...options, '-o', join(folder, name)];
    const { run } = clofnetFitWith(lennardJones());
    expect((await run(...words('few.xyz'), '--steps', '2')).stdout).toMatch(/; 2 steps, .*, not converged\n/);
    // Forces that lead up.
    const wrong: Potential = {
      units: METAL,
      evaluate: async (x) => ({ energy: x[0], forces: x.map((_, k) => (k === 0 ? 1 : 0)) }),
    };
    const { stdout, exitCode } = await clofnetFitWith(wrong).run(...words('wrong.xyz'));
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/; 0 steps, .*, no step leads further down\n/),
    });
  });

  it('says which geometry has no energy, and refuses files that are there', async () => {
    const broken: Potential = { units: METAL, evaluate: async (x) => ({ energy: Number.NaN, forces: x }) };
    const { run } = clofnetFitWith(broken);
    const { exitCode, stderr } = await run('relax', input, ...options, '-o', join(folder, 'nan.xyz'));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `clofnet fit relax: ${input}:1: the energy at the start is NaN\n`,
    });
    await writeFile(join(folder, 'old.xyz'), 'old');
    const again = await run('relax', input, ...options, '-o', join(folder, 'old.xyz'));
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is already there; give --force') });
    const same = await run(
      'relax',
      input,
      ...options,
      '-o',
      join(folder, 'a.xyz'),
      '--trajectory',
      join(folder, 'a.xyz'),
    );
    expect(same.stderr).toContain('a.xyz is an input; give another --trajectory');
  });
});
