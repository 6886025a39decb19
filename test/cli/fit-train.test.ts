import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetrics } from '../../src/training/index.node.js';
import { findAll, parseHtml, textOf } from '../report/parse-html.js';
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';

const ethanol = fileURLToPath(new URL('../fixtures/fit/ethanol.xyz.gz', import.meta.url));
const tiny = ['--hidden', '8', '--layers', '1', '--batch', '1', '--valid', '1', '--test', '1', '--workers', '1'];
const learn = ['--targets', 'energy,forces', ...tiny];

let folder = '';
let frames = '';
const at = (name: string): string => join(folder, name);
const clofnetFit = (...words: string[]) => runClofnet('fit', ...words);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  frames = new TextDecoder().decode(gunzipSync(await readFile(ethanol)));
  const trained = await clofnetFit('train', ethanol, ...learn, '--epochs', '4', '--out', at('run'));
  expect(trained).toMatchObject({ exitCode: 0 });
  expect(trained.stderr).toContain('2 train, 1 valid, 1 test geometries; learns energy (eV), forces (eV/Å)\n');
  expect(trained.stdout).toMatch(/\n {2}errors on the test part:\n/);
  expect(trained.stdout).toMatch(/\n {4}energy +eV +\S+ +\S+ +0 +\S+ {2}at .*ethanol\.xyz\.gz:\d+\n/);
  expect(trained.stdout).toMatch(/\n {4}forces +eV\/Å( +\S+){4} {2}at .*ethanol\.xyz\.gz:\d+, atom \d\n/);
});
afterAll(() => rm(folder, { recursive: true }));

const weights = (): string => at('run/weights.safetensors');
const written = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text);
  return at(name);
};
const json = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await clofnetFit(...words, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
};

describe('clofnet fit', () => {
  it('trains to the same numbers with the same seed, to others with another', async () => {
    const words = ['train', ethanol, ...learn, '--epochs', '4', '--quiet'];
    const errors = async (name: string, ...more: string[]) =>
      JSON.parse((await clofnetFit(...words, '--out', at(name), ...more, '--json')).stdout).errors;
    const first = await json('evaluate', '--run', at('run'));
    expect(await errors('same')).toEqual(first.targets);
    expect(await errors('other', '--seed', '2')).not.toEqual(first.targets);
  });

  it('evaluates a run, its weights, and files that have moved', async () => {
    const ofRun = await json('evaluate', '--run', at('run'));
    expect(ofRun).toMatchObject({ run: at('run'), split: 'test', geometries: 1, atoms: 9, network: 'lofnet' });
    const [energy, forces] = ofRun.targets;
    expect(energy).toMatchObject({ name: 'energy', unit: 'eV', compared: 1, missing: 0, spread: { meanAbsolute: 0 } });
    expect(energy.perAtom.meanAbsolute).toBeCloseTo(energy.meanAbsolute / 9, 12);
    expect(forces).toMatchObject({ name: 'forces', unit: 'eV/Å', compared: 9, width: 3 });
    const moved = await written('moved.xyz', frames);
    const again = await json('evaluate', moved, '--run', at('run'), '--split', 'test');
    expect(again.targets.map((one: { meanAbsolute: number }) => one.meanAbsolute)).toEqual([
      energy.meanAbsolute,
      forces.meanAbsolute,
    ]);
    const all = await json('evaluate', moved, '--weights', weights());
    expect(all).toMatchObject({ geometries: 4, data: [moved] });
    expect(await json('evaluate', moved, '--run', at('run'))).toMatchObject({ geometries: 4 });
    const { stdout } = await clofnetFit('evaluate', '--run', at('run'), '--split', 'valid');
    expect(stdout).toMatch(/^lofnet on the valid part of .*run: 1 geometry, 9 atoms\n/);
  });

  it('predicts beside the columns of a file, to a file and to standard output', async () => {
    const bare = await written('bare.xyz', frames.replace(/forces:R:3/g, 'was:R:3').replace(/energy=\S+ /g, ''));
    const out = at('predicted.xyz');
    expect(await json('predict', bare, '--weights', weights(), '-o', out)).toMatchObject({
      ...{ file: out, geometries: 4, atoms: 36 },
      targets: [
        { name: 'energy', unit: 'eV' },
        { name: 'forces', unit: 'eV/Å' },
      ],
    });
    const text = await readFile(out, 'utf8');
    expect(text).toMatch(/^9\nProperties=species:S:1:pos:R:3:.*forces:R:3 .*energy=-\d+\.\d+/);
    expect(text).toContain('smiles=CCO');
    expect((await clofnetFit('predict', bare, '--weights', weights())).stdout).toBe(text);
    // What was predicted is what the weights predict of it.
    const errors = await json('evaluate', out, '--weights', weights());
    for (const { meanAbsolute } of errors.targets) expect(meanAbsolute).toBeLessThan(1e-4);
    const beside = await clofnetFit('predict', ethanol, '--weights', weights(), '--json');
    const [first] = JSON.parse(beside.stdout).geometries;
    expect(first.ofGraphs.energy).toEqual([-309.41205992]);
    expect(Object.keys(first.ofNodes)).toEqual(['forces', 'predicted_forces']);
  });

  it('relaxes and moves atoms by what was learned', async () => {
    const relaxed = await clofnetFit('relax', ethanol, '--weights', weights(), '--steps', '2', '-o', at('relaxed.xyz'));
    expect(relaxed.exitCode).toBe(1); // Two steps are too few.
    expect(relaxed.stdout).toContain('4 geometries, 0 converged');
    const md = await clofnetFit(
      'md',
      ethanol,
      '--weights',
      weights(),
      '--steps',
      '3',
      '--time-step',
      '0.1',
      '-o',
      at('md.xyz'),
    );
    expect(md).toMatchObject({ exitCode: 0 });
    expect(await readFile(at('md.xyz'), 'utf8')).toMatch(/^9\n.*energy=/);
  });

  it('writes a report, at the end of training and later', async () => {
    const own = await readFile(at('run/report.html'), 'utf8');
    const { stdout, exitCode } = await clofnetFit('report', at('run'), '-o', at('later.html'), '--title', 'Mine');
    expect({ exitCode, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      exitCode: 0,
      last: `report: ${at('later.html')}`,
    });
    expect(await clofnetFit('report', at('run'), '-o', at('later.html'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('later.html is already there; give --force to replace it'),
    });
    const titles = (text: string): string[] => findAll(parseHtml(text), 'h2').map(textOf);
    expect(titles(own)).toEqual([
      'Figures',
      'Errors',
      'Predicted and known',
      'Worst geometries',
      'Training',
      'Configuration',
    ]);
    expect(titles(await readFile(at('later.html'), 'utf8'))).toEqual(titles(own));
    const file = await written('gone.xyz', frames);
    await clofnetFit('train', file, ...learn, '--epochs', '1', '--out', at('gone'), '--quiet');
    await rm(file);
    const without = await clofnetFit('report', at('gone'), '-o', at('gone.html'));
    expect(without).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('errors are omitted') });
    expect((await clofnetFit('report', at('gone'))).stdout).toContain(`report: ${at('gone/report.html')}`);
    expect(await clofnetFit('report', at('gone'), '--data', ethanol, '--force', '-o', at('gone.html'))).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(await clofnetFit('report', at('gone'), '--data', at('md.xyz'), '-o', at('x.html'))).toMatchObject({
      exitCode: 2,
    });
  });

  it('says what is missing and goes on with the rest', async () => {
    const some = await written('some.xyz', frames.replace(/energy=\S+ /, ''));
    const { exitCode, stderr } = await clofnetFit('train', some, ...learn, '--epochs', '1', '--out', at('some'));
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/(train|valid|test): energy is missing in 1 of \d geometr/);
    const found = await json('evaluate', some, '--weights', weights());
    expect(found.targets[0]).toMatchObject({ compared: 3, missing: 1 });
    expect((await clofnetFit('evaluate', some, '--weights', weights())).stdout).toContain(
      'energy is missing in 1 of 4 geometries, where it does not count',
    );
  });

  it('compares its runs, and sweeps', async () => {
    const compared = await runClofnet('compare', at('run'), at('same'), '--out', at('compared.html'));
    expect(compared).toMatchObject({ exitCode: 0 });
    const config = { data: { files: [ethanol], targets: { energy: {} }, split: { valid: 1, test: 1 } } };
    const small = { model: { hidden: 8, layers: 1 }, training: { epochs: 1, batch: 1 } };
    const file = await written('sweep.json', JSON.stringify({ ...config, ...small }));
    const swept = await runClofnet('sweep', file, '--vary', 'model.hidden=4,8', '--workers', '1', '--out', at('swept'));
    expect(swept).toMatchObject({ exitCode: 0 });
    expect((await readdir(at('swept'))).length).toBeGreaterThan(2);
  });
});

describe('clofnet fit train refuses, in one line and with nothing written,', () => {
  const bad: [what: string, words: (file: (text: string) => Promise<string>) => Promise<string[]>, message: RegExp][] =
    [
      ['no files', async () => learn, /there is nothing to learn from; give files of geometries/],
      [
        'no targets',
        async () => [ethanol, ...tiny],
        /no target is named; the files have .*energy.*\(known by name\).*give --targets/,
      ],
      ['a misspelt target', async () => [ethanol, ...tiny, '--targets', 'enrgy'], /did you mean "energy"/],
      [
        'names that are separated by blanks',
        async () => [ethanol, ...tiny, '--targets', 'energy', 'forces'],
        /there is no file forces; names of targets and inputs are separated by commas/,
      ],
      [
        'an energy that is infinite',
        async (file) => [await file(frames.replace(/energy=\S+/, 'energy=inf')), ...learn],
        /energy is "inf" in .*bad\.xyz:2, not finite/,
      ],
      [
        'a target that the files lack',
        async (file) => [await file(frames.replace(/energy=/g, 'REF_energy=')), ...learn],
        /the target energy is not in the files \(did you mean "REF_energy"\?\)/,
      ],
      [
        'positions that are NaN',
        async (file) => [await file(frames.replace('-0.5252258', 'nan')), ...learn],
        /:4: column 2 \(positions\)/,
      ],
      [
        'frames of unequal columns',
        async (file) => [await file(frames.replace('forces:R:3', 'forces:R:4')), ...learn],
        /:3: expected 8 columns .*, found 7/,
      ],
      [
        'a cutoff that leaves atoms alone',
        async () => [ethanol, ...learn, '--cutoff', '0.5'],
        /no neighbour within the cutoff of 0\.5.*raise --cutoff/,
      ],
      [
        'an empty split',
        async () => [ethanol, ...learn, '--valid', '0'],
        /the split leaves no geometry to validate on/,
      ],
      [
        'a misspelt key',
        async (file) => [ethanol, ...tiny, '--config', await file('{"data": {"targts": {}}}')],
        /:1:\d+: there is no setting "data.targts" \(did you mean "targets"\?\)/,
      ],
      ['a file that is no geometry', async (file) => [await file('# notes\n'), ...learn], /:1: expected the number of/],
      ['an empty file', async (file) => [await file(''), ...learn], /the file is empty/],
    ];
  it.each(bad)('%s', async (_, words, message) => {
    const given = await words((text) => written('bad.xyz', text));
    const { exitCode, stdout, stderr } = await clofnetFit('train', ...given, '--epochs', '1', '--out', at('bad'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).not.toContain('bad');
  });

  it.each([
    ['fit', 'evaluate', 'DATA', '--weights', 'RUN'],
    ['fit', 'predict', 'DATA', '--weights', 'RUN'],
    ['fit', 'md', 'DATA', '--weights', 'RUN', '-o', 'OUT.xyz'],
    ['export', 'RUN', '-o', 'OUT.onnx'],
    ['audit', 'RUN'],
    ['newton', 'evaluate', '--weights', 'RUN', '--data', 'DATA'],
  ])('as does %s %s, the folder of a run in the place of its weights', async (...words) => {
    const given = words.map((word) =>
      word.replace('DATA', ethanol).replace('RUN', at('run')).replace('OUT', at('none')),
    );
    expect(await runClofnet(...given)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`${at('run')} is a folder; use the weights.safetensors in it`),
    });
  });

  it('as does --resume with more epochs, which says how to train for longer', async () => {
    const { exitCode, stderr } = await clofnetFit('train', '--resume', '--epochs', '9', '--out', at('run'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `remove --epochs; to train for longer, start another run from its weights: --from ${at('run/weights.safetensors')} --out …`,
    );
  });

  it('as does evaluate, numbers in another unit than the weights', async () => {
    const other = await written('kcal.xyz', frames.replace(/energy=/g, 'energy_unit=kcal/mol energy='));
    expect(await clofnetFit('evaluate', other, '--weights', weights())).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        'energy is in kcal/mol in the files, but the network predicts eV; convert the files',
      ),
    });
  });

  it.each(['evaluate', 'predict', 'relax'])('as does %s, species that were never seen', async (command) => {
    const other = await written('nitrogen.xyz', frames.replace(/^O /m, 'N '));
    const out = command === 'evaluate' ? [] : ['-o', at('none.xyz')];
    const { exitCode, stderr } = await clofnetFit(command, other, '--weights', weights(), ...out);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/atom 3 is N, which the network has not learned; it knows C, O, H\n$/);
    expect(await readdir(folder)).not.toContain('none.xyz');
  });
});

describe('an interrupted run', () => {
  it('goes on to the numbers of one that was not', async () => {
    const words = ['fit', 'train', ethanol, ...learn, '--epochs', '300', '--patience', '1000', '--quiet'];
    const child = startClofnet(...words, '--out', at('stopped'));
    await child.sees(async () => {
      if ((await readMetrics(at('stopped'))).length < 3) throw new Error('not yet');
    });
    child.kill('SIGINT');
    expect((await child.ended).exitCode).toBe(130);
    const reached = (await readMetrics(at('stopped'))).length;
    expect(reached).toBeLessThan(300);
    const resumed = await clofnetFit('train', '--resume', '--out', at('stopped'), '--json', '--quiet');
    expect(resumed.exitCode).toBe(0);
    const whole = await runClofnet(...words, '--out', at('whole'), '--json');
    expect(JSON.parse(resumed.stdout).errors).toEqual(JSON.parse(whole.stdout).errors);
    expect(await readFile(at('stopped/weights.safetensors'))).toEqual(await readFile(at('whole/weights.safetensors')));
  });
});
