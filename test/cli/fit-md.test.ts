import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { formatExtendedXyz, parseExtendedXyz } from '../../src/files/extended-xyz.js';
import type { Potential } from '../../src/fit/motion/potential.js';
import { icosahedron, lennardJones } from '../fit/motion/support/potentials.js';
import { clofnetFitWith } from './support/fit-with.js';

const argon = lennardJones(0.0104, 3.4);
const structure = (edge: number, info = {}) => ({
  species: Array<string>(13).fill('Ar'),
  positions: icosahedron(edge),
  arrays: new Map(),
  info,
});

let folder = '';
let input = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  input = join(folder, 'argon.xyz');
  await writeFile(input, formatExtendedXyz([structure(3.5), structure(3.7)]));
});
afterAll(() => rm(folder, { recursive: true }));

const framesOf = async (path: string) => parseExtendedXyz(await readFile(path, 'utf8'), path);
const options = ['--weights', 'w.safetensors', '--time-step', '4', '--temperature', '20'];
const { run, opened, isClosed } = clofnetFitWith(argon);

describe('clofnet fit md', () => {
  it('writes a trajectory from the last geometry, and says how the energy drifts', async () => {
    const out = join(folder, 'nve.xyz');
    const { exitCode, stdout, stderr } = await run('md', input, ...options, '--steps', '200', '-o', out);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/nve\.xyz: 21 frames of 13 atoms, 200 steps of 4 fs, 0\.8 ps\n/);
    expect(stdout).toMatch(/drift \S+ eV\/ps, \S+ eV in all, fluctuation \S+ eV\n {2}no atom lost\n/);
    const frames = await framesOf(out);
    expect(frames).toHaveLength(21);
    expect(frames[0].positions).toEqual(icosahedron(3.7));
    expect(frames[20].info).toMatchObject({ step: '200', time: '800', energy_unit: 'eV' });
    expect(frames[0].info.settings).toContain('w.safetensors, constant energy, velocities of 20 K, 4 fs');
    expect(opened.at(-1)).toMatchObject({
      weights: 'w.safetensors',
      device: 'cpu',
      atoms: { species: frames[0].species },
    });
    expect(isClosed()).toBe(true);
  });

  it('says the same as JSON', async () => {
    const out = join(folder, 'nvt.xyz');
    const words = [...options, '--thermostat', 'langevin', '--steps', '100', '--frame', '1', '-o', out, '--json'];
    const { exitCode, stdout } = await run('md', input, ...words);
    expect(exitCode).toBe(0);
    const said = JSON.parse(stdout);
    expect(said).toMatchObject({
      ...{ out, units: { energy: 'eV', length: 'Å' }, atoms: 13, steps: 100, time: 0.4, samples: 11, lostAtoms: 0 },
      ...{ thermostat: 'langevin', stopped: false, seed: 7 },
    });
    expect(Math.abs(said.drift)).toBeLessThan(1e-4);
    expect(said.temperature.mean).toBeGreaterThan(3);
    expect(Number((await framesOf(out))[0].info.temperature)).toBeCloseTo(20, 9);
    expect((await framesOf(out))[0].positions).toEqual(icosahedron(3.5));
  });

  it('stopped by Ctrl-C, leaves whole frames, and completes the same file with --resume', async () => {
    const words = [...options, '--thermostat', 'langevin', '--steps', '90'];
    const [whole, part] = [join(folder, 'whole.xyz'), join(folder, 'part.xyz')];
    expect(await run('md', input, ...words, '-o', whole)).toMatchObject({ exitCode: 0 });
    let calls = 0;
    const interrupted: Potential = {
      ...argon,
      evaluate: async (x) => {
        if (++calls === 48) process.emit('SIGINT', 'SIGINT');
        return argon.evaluate(x);
      },
    };
    const stopped = await clofnetFitWith(interrupted).run('md', input, ...words, '-o', part);
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toContain(`${part} holds 5 frames; run the same command with --resume to continue`);
    expect(stopped.stdout).toContain('part.xyz: 5 frames');
    expect(await framesOf(part)).toHaveLength(5);
    // Half a frame, as a process that is killed may leave.
    const text = await readFile(whole, 'utf8');
    await writeFile(part, text.slice(0, (await readFile(part, 'utf8')).length + 700));
    const { exitCode, stdout } = await run('md', input, ...words, '-o', part, '--resume');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('part.xyz: 10 frames of 13 atoms, 90 steps');
    expect(await readFile(part, 'utf8')).toBe(text);
    expect(await run('md', input, ...words, '-o', part, '--resume')).toMatchObject({ exitCode: 0 });
    expect(await readFile(part, 'utf8')).toBe(text);
    const other = await run('md', input, ...words, '-o', part, '--resume', '--time-step', '5');
    expect(other).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/was made with '.*4 fs.*', this run has/),
    });
  });

  it('goes on behind an end that is no frame of the whole, as if it had never ended', async () => {
    const [whole, part] = [join(folder, 'rhythm.xyz'), join(folder, 'ended.xyz')];
    const words = [...options, '--thermostat', 'langevin'];
    await run('md', input, ...words, '--steps', '100', '-o', whole);
    const text = await readFile(whole, 'utf8');
    await run('md', input, ...words, '--steps', '55', '-o', part);
    expect((await framesOf(part)).map(({ info }) => info.step)).toEqual(['0', '10', '20', '30', '40', '50', '55']);
    const ended = await readFile(part, 'utf8');
    // Until there is a further frame, the file stays as it is.
    const broken: Potential = { ...argon, evaluate: async () => Promise.reject(new UserError('none')) };
    const failed = await clofnetFitWith(broken).run('md', input, ...words, '--steps', '60', '-o', part, '--resume');
    expect(failed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('argon.xyz:16: at step 55, none\n') });
    expect(await readFile(part, 'utf8')).toBe(ended);
    expect(await run('md', input, ...words, '--steps', '57', '-o', part, '--resume')).toMatchObject({ exitCode: 0 });
    const { stdout } = await run('md', input, ...words, '--steps', '100', '-o', part, '--resume');
    expect(stdout).toContain('ended.xyz: 11 frames of 13 atoms, 100 steps');
    expect(await readFile(part, 'utf8')).toBe(text);
    const less = await run('md', input, ...words, '--steps', '50', '-o', part, '--resume');
    expect(less).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('steps/s') });
    expect(less.stdout).toContain('it was complete before this run: it has 100 of the 50 steps asked for');
    const said = JSON.parse(
      (await run('md', input, ...words, '--steps', '100', '-o', part, '--resume', '--json')).stdout,
    );
    expect(said).toMatchObject({ complete: true, steps: 100, stepsPerSecond: null });
    expect(await readFile(part, 'utf8')).toBe(text);
  });

  it('goes on only with a file that is there, of the same weights and the same geometry', async () => {
    const [out, kept] = [join(folder, 'origin.xyz'), join(folder, 'origin-kept.xyz')];
    const weighed = (hash: string) => clofnetFitWith({ ...argon, hash }).run;
    const words = (steps: number) => [...options, '--steps', `${steps}`];
    const none = await run('md', input, ...words(20), '-o', out, '--resume');
    expect(none).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/there is no \S+origin\.xyz to continue; remove --resume to start one\n$/),
    });
    await weighed('a')('md', input, ...words(20), '-o', out);
    await weighed('a')('md', out, ...words(20), '--velocities', 'kept', '-o', kept);
    const text = await readFile(out, 'utf8');
    const slower = join(folder, 'slower.xyz');
    await writeFile(slower, text.replace(/ -?\d\.\d+(e-\d+)?\n(?=\d+\n|$)/g, ' 0.0001\n'));
    expect(await readFile(slower, 'utf8')).not.toBe(text);
    const cases: [hash: string, words: string[], message: RegExp][] = [
      [
        'b',
        [input, '-o', out],
        /the weights that \S+origin\.xyz was made from had another content; give the same weights, or give another --out/,
      ],
      ['a', [input, '--frame', '1', '-o', out], /the geometry that \S+ was made from had another content/],
      ['a', [slower, '--velocities', 'kept', '-o', kept], /the geometry that \S+ was made from had another content/],
    ];
    for (const [hash, given, message] of cases) {
      const { exitCode, stderr } = await weighed(hash)('md', ...given, ...words(40), '--resume');
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(await readFile(out, 'utf8')).toBe(text);
    expect(await weighed('a')('md', input, ...words(40), '-o', out, '--resume')).toMatchObject({ exitCode: 0 });
    expect(
      await weighed('a')('md', out, ...words(40), '--frame', '3', '--velocities', 'kept', '-o', kept, '--resume'),
    ).toMatchObject({ exitCode: 0 });
  });

  it('goes on with the velocities of a frame', async () => {
    const [warm, on] = [join(folder, 'warm.xyz'), join(folder, 'on.xyz')];
    await run('md', input, ...options, '--steps', '50', '-o', warm);
    const words = ['--velocities', 'kept', '--steps', '0', '-o', on];
    expect(await run('md', warm, ...options, ...words)).toMatchObject({ exitCode: 0, stderr: '' });
    const [end, start] = [(await framesOf(warm))[5], (await framesOf(on))[0]];
    const before = end.arrays.get('velocities')?.data ?? [];
    for (const [k, v] of start.arrays.get('velocities')?.data.entries() ?? []) expect(v).toBeCloseTo(before[k], 12);
    expect(start.info).toMatchObject({ energy: end.info.energy, step: '0' });
    const without = await run('md', input, ...options, '--velocities', 'kept', '-o', join(folder, 'none.xyz'));
    expect(without.stderr).toMatch(/argon\.xyz:16: the geometry has no velocities whose unit is known/);
  });

  it('keeps the frames before the one where an atom is lost', async () => {
    const out = join(folder, 'lost.xyz');
    const { exitCode, stderr } = await run('md', input, ...options, '--temperature', '1e6', '--steps', '50', '-o', out);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Ar\d+ is lost at step \d+ \(\d+ fs\): it would move .*; lower --time-step\n/);
    expect((await framesOf(out)).length).toBeGreaterThan(0);
  });

  it('refuses what makes no sense, before anything is opened', async () => {
    const out = join(folder, 'refused.xyz');
    const before = opened.length;
    const odd = join(folder, 'odd.xyz');
    await writeFile(odd, '1\n\nQq 0 0 0\n');
    const cases: [string, string[], string][] = [
      [
        input,
        ['-o', out, '--friction', '5'],
        '--friction is that of a thermostat, and there is none; use --thermostat langevin',
      ],
      [input, ['-o', out, '--frame', '3'], '--frame must be at most 2'],
      [input, ['-o', out, '--resume', '--force'], 'give only one'],
      [input, ['-o', join(folder, 'out.pdb')], 'ends in .xyz or .extxyz'],
      [input, ['-o', input], 'is an input'],
      [odd, ['-o', out], 'atom 1, Qq, is no element whose mass is known'],
    ];
    for (const [file, words, message] of cases) {
      const { exitCode, stderr } = await run('md', file, ...options, ...words);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(opened).toHaveLength(before);
    const there = await run('md', input, ...options, '-o', join(folder, 'nve.xyz'));
    expect(there.stderr).toMatch(/is already there; give --resume to continue it, or give --force to start over/);
  });
});
