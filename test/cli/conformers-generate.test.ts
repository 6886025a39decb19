import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../src/files/extended-xyz.js';
import { tinyWeights } from '../conformers/support/tiny-denoiser.js';
import { writeTinyScoreWeights, writeTinyWeights } from '../conformers/support/tiny-weights-file.js';
import { startClofnet, startInShell } from './support/child.js';
import { gentleOptions, recordsOf } from './support/gentle-generate.js';
import { runClofnet } from './support/run.js';

let folder = '';
let weights = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  weights = await writeTinyWeights(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const gentle = (): string[] => gentleOptions(weights);
const generate = (input: string, ...options: string[]) =>
  runClofnet('conformers', 'generate', input, ...gentle(), ...options);

const place = (name: string): string => join(folder, name);

async function file(name: string, content: string): Promise<string> {
  await writeFile(place(name), content);
  return place(name);
}

const lines = ['CCO ethanol', 'CC(O)Cl', 'C1CC( broken', 'C/C=C/C butene', '', '# a comment', '[Pt] platinum', 'C'];

describe('clofnet conformers generate', () => {
  it('writes an SDF that says how each conformer was made', async () => {
    const out = place('butanol.sdf');
    const { exitCode, stdout, stderr } = await startClofnet(
      ...['conformers', 'generate', 'CCC(C)O', '-n', '3', '-o', out, ...gentle()],
    ).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^\S+butanol\.sdf: 3 conformers of 1 molecule\n {2}took .* on \d+ threads?\n/);
    expect(stdout).toContain('0 resampled, 0 mirrored, 0 duplicates omitted, 0 failed');
    const records = recordsOf(await readFile(out, 'utf8'));
    expect(records).toHaveLength(3);
    for (const [k, { molecule, properties }] of records.entries()) {
      expect(Object.fromEntries(properties)).toMatchObject({
        smiles: 'CCC(C)O',
        isomer: molecule.smiles,
        seed: '1',
        conformer: String(k + 1),
        attempts: '1',
        network_calls: '3',
      });
      expect(properties.get('method')).toMatch(/^clofnet \S+: flow from shapes, 2 steps from 0\.03 Å, weights tiny/);
      expect(properties.get('open_stereo')).toMatch(/^C3 @@?$/);
      expect(molecule.smiles).toMatch(/@/);
    }
  });

  it('writes to standard output without -o, and as JSON', async () => {
    const plain = await generate('CCO', '-n', '2');
    expect(plain.exitCode).toBe(0);
    expect(plain.stderr).toContain('standard output: 2 conformers of 1 molecule');
    const records = recordsOf(plain.stdout);
    expect(records.map(({ molecule }) => molecule.smiles)).toEqual(['CCO', 'CCO']);
    const quiet = await generate('CCO', '-n', '2', '--quiet', '--workers', '3');
    expect(quiet).toEqual({ ...plain, stderr: '' });
    const { stdout, stderr } = await generate('CCO', '-n', '2', '--json');
    expect(stderr).toBe('');
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({ molecules: 1, conformers: 2, failed: 0, seed: 1, out: '-' });
    expect(json.generated).toHaveLength(2);
    expect(json.generated[1].atomicNumbers).toEqual([6, 6, 8, 1, 1, 1, 1, 1, 1]);
    for (const [k, x] of (records[1].coordinates ?? []).entries()) {
      expect(json.generated[1].coordinates[k]).toBeCloseTo(x, 3);
    }
  });

  it('writes extended XYZ, relaxed where it is asked for', async () => {
    const out = place('ethanol.xyz');
    const { exitCode, stderr } = await generate('CCO', '-n', '2', '--relax', 'mmff94s', '-o', out, '--workers', '1');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const frames = parseExtendedXyz(await readFile(out, 'utf8'), out);
    expect(frames.map(({ info }) => info.conformer)).toEqual(['1', '2']);
    // The two minima of ethanol.
    for (const { info } of frames) expect(['-1.52', '-1.34']).toContain(Number(info.energy).toFixed(2));
    expect(frames[0].info.method).toMatch(/relaxed by MMFF94s$/);
  });

  it('reads what it has written as XYZ, tables with a SMILES first, and standard input', async () => {
    const out = place('again.xyz');
    expect((await generate(place('ethanol.xyz'), '-n', '1', '-o', out)).stdout).toContain(
      '2 conformers of 2 molecules',
    );
    const prepared = await runClofnet('conformers', 'prepare', out, '--out', place('xyz.safetensors'), '--json');
    expect(JSON.parse(prepared.stdout)).toMatchObject({
      isomers: 1,
      conformers: 2,
      sources: [{ records: 1, kept: 1 }],
    });
    const compared = await runClofnet('conformers', 'evaluate', place('xyz.safetensors'), out, '--json');
    expect(JSON.parse(compared.stdout)).toMatchObject({ stereoRate: 1, networkCalls: 3 });
    const table = await file('table.csv', 'smiles,name\nCCO,ethanol\nCC(O)Cl,other\n');
    const { stdout, stderr } = await generate(table, '-n', '1');
    expect(recordsOf(stdout).map(({ name }) => name)).toEqual(['ethanol', 'other']);
    const line = ['conformers', 'generate', '-', '-n', '1', ...gentle()] as const;
    const piped = await startInShell(`gzip -c '${table}' | "$@"`, ...line).ended;
    expect({ stdout: piped.stdout, exitCode: piped.exitCode }).toEqual({ stdout, exitCode: 0 });
    expect(stderr).toContain('standard output: 2 conformers of 2 molecules');
    const nothing = await startInShell('"$@" < /dev/null', ...line).ended;
    expect(nothing).toMatchObject({
      exitCode: 2,
      stderr: 'clofnet conformers generate: standard input: the file is empty\n',
    });
  });

  it('says how many relaxed conformers were generated to choose from', async () => {
    const out = place('chosen.sdf');
    const options = ['-n', '2', '--relax', 'mmff94s', '--oversample', '3', '-o', out, '--quiet', '--json'];
    const { sampled, conformers, results } = JSON.parse((await generate('CCO', ...options)).stdout);
    expect([sampled, conformers, results[0].sampled]).toEqual([6, 2, 6]);
    const records = recordsOf(await readFile(out, 'utf8'));
    // Each stands for three runs of the sampler, of 3 calls.
    expect(records.map(({ properties }) => properties.get('network_calls'))).toEqual(['9', '9']);
    const { exitCode, stderr } = await generate('CCO', '--oversample', '3');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('add --relax mmff94s')]);
  });

  it('goes on past bad lines of a file, and says so', async () => {
    const [input, out] = [await file('m.smi', lines.join('\n')), place('m.sdf')];
    const { exitCode, stdout, stderr } = await generate(input, '-n', '2', '-o', out, '--json');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/m\.smi, line 3: .*branch is never closed/);
    expect(stderr).toMatch(/m\.smi, line 7: .*Pt is not supported/);
    expect(stderr).toMatch(/clofnet conformers generate: 2 lines or records could not be read\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ molecules: 4, conformers: 8, unreadable: 2, withoutConformers: 0 });
    expect(JSON.parse(stdout).results[2]).toMatchObject({ molecule: 3, name: 'butene', requested: 2, conformers: 2 });
    const records = recordsOf(await readFile(out, 'utf8'));
    expect(records.map(({ name }) => name)).toEqual(['ethanol', 'ethanol', '', '', 'butene', 'butene', '', '']);
    const again = await generate(out, '-n', '1', '-o', place('from-sdf.sdf'));
    expect(again.exitCode).toBe(0);
    const back = recordsOf(await readFile(place('from-sdf.sdf'), 'utf8'));
    expect(back.map(({ molecule }) => molecule.smiles)).toEqual(records.map(({ molecule }) => molecule.smiles));
  });

  it('says what came out wrong every time, and never writes it', async () => {
    const out = place('failed.sdf');
    const words = [
      '--weights',
      weights,
      '--start',
      'noise',
      '--steps',
      '2',
      '--max-attempts',
      '2',
      '-n',
      '3',
      '-o',
      out,
    ];
    const { exitCode, stdout, stderr } = await runClofnet('conformers', 'generate', 'C[C@H](N)C(=O)O', ...words);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^no conformers of 1 molecule; nothing was written\n/);
    expect(stdout).toContain('3 failed');
    expect(stderr).toMatch(/warning: molecule 1 \(\S+\): 3 of 3 conformers failed; the last one, after 2 attempts: /);
    expect(stderr).toMatch(/1 molecule got no conformer\n$/);
    await expect(stat(out)).rejects.toThrow('ENOENT');
  });

  it('warns of elements that the weights were not trained on, and refuses such levels of theory', async () => {
    const provenance = { elements: ['H', 'C', 'O'], levels: ['mmff94s', 'dft'] };
    const own = await writeTinyWeights(folder, { name: 'own', provenance });
    const input = await file('borane.smi', 'CB(C)O borane\nCCO');
    const out = place('borane.sdf');
    const { exitCode, stdout, stderr } = await generate(input, '-n', '1', '-o', out, '--weights', own, '--json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr:
        'warning: molecule 1 (borane CB(C)O): the weights were not trained on B; check its conformers carefully\n',
    });
    const { results, level } = JSON.parse(stdout);
    expect(results.map(({ unlearned }: { unlearned: string[] }) => unlearned)).toEqual([['B'], []]);
    expect(level).toBe('mmff94s');
    const refused = await generate('CCO', '--weights', own, '--level', 'gfn2');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('were not trained at the level of theory gfn2; available: mmff94s, dft\n');
  });

  it('goes on past molecules that the network gives no finite numbers for', async () => {
    const FLUORINE = 9;
    const broken = new Map(tinyWeights);
    const features = tinyWeights.get('element_features')?.slice() ?? new Float32Array();
    broken.set('element_features', features.fill(3e38, 8 * FLUORINE, 8 * FLUORINE + 8));
    const own = await writeTinyWeights(folder, { name: 'broken', weights: broken });
    const input = await file('fluorine.smi', 'CCO\nCF\nCCN');
    const out = place('fluorine.sdf');
    const { exitCode, stdout, stderr } = await generate(input, '-n', '2', '-o', out, '--weights', own);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('4 conformers of 3 molecules');
    expect(stderr).toContain(
      'molecule 2 (CF): 2 of 2 conformers failed; the last one, after 8 attempts: not finite: a coordinate of C1 is NaN',
    );
    const records = recordsOf(await readFile(out, 'utf8'));
    expect(records.map(({ molecule }) => molecule.smiles)).toEqual(['CCO', 'CCO', 'CCN', 'CCN']);
  });

  it('leaves out duplicates', async () => {
    const { stdout } = await generate('CC', '-n', '4', '--unique', '0.5', '--json', '--quiet');
    expect(JSON.parse(stdout)).toMatchObject({ conformers: 1, duplicates: 3, failed: 0 });
  });

  it('writes the trajectory from noise to a conformer', async () => {
    const way = place('way.xyz');
    const first = await generate('CCO', '-n', '2', '--trajectory', way, '-o', place('way.sdf'), '--start', 'noise');
    expect(first.stderr).toContain('2 of 2 conformers failed');
    await file('way.xyz', 'mine');
    const there = await generate('CCO', '-n', '1', '--trajectory', way, '-o', place('way.sdf'));
    expect(there.stderr).toContain('way.xyz is already there; give --force to replace it, or another --trajectory');
    const options = ['-n', '2', '--trajectory', way, '-o', place('way.sdf'), '--force'];
    expect((await generate('CCO', ...options)).exitCode).toBe(0);
    const frames = parseExtendedXyz(await readFile(way, 'utf8'), way);
    expect(frames.map(({ info }) => [info.conformer, info.call, info.sigma])).toEqual([
      ['1', '0', '0.03'],
      ['1', '2', '0.02'],
      ['1', '3', '0'],
    ]);
    const [record] = recordsOf(await readFile(place('way.sdf'), 'utf8'));
    for (const [k, x] of (record.coordinates ?? []).entries()) expect(frames[2].positions[k]).toBeCloseTo(x, 3);
    expect((await generate('CCO', ...options, '--trajectory-of', 'all')).exitCode).toBe(0);
    expect(parseExtendedXyz(await readFile(way, 'utf8'), way)).toHaveLength(6);
  });

  it('does not replace a file unless it is told to', async () => {
    const out = await file('there.sdf', 'mine');
    const { exitCode, stderr } = await generate('CCO', '-n', '1', '-o', out);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there.sdf is already there; give --resume to continue it or --force to start over');
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect((await generate('CCO', '-n', '1', '-o', out, '--force')).exitCode).toBe(0);
    expect(recordsOf(await readFile(out, 'utf8'))).toHaveLength(1);
  });

  it('leaves an old file as it is where there is no conformer to replace it by, and says so', async () => {
    const [out, bad] = [await file('keep.sdf', 'mine'), await file('bad.smi', 'C1CC\n')];
    const failed = await generate(bad, '-o', out, '--force');
    expect(failed).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^no conformers of 0 molecules; /) });
    expect(failed.stdout).toContain(`; ${out} is unchanged\n`);
    expect(await readFile(out, 'utf8')).toBe('mine');
    const none = await generate(bad, '-o', place('allbad.sdf'));
    expect(none.stdout).toMatch(/^no conformers of 0 molecules; nothing was written\n/);
    await expect(stat(place('allbad.sdf'))).rejects.toThrow('ENOENT');
  });

  it('never writes over its input', async () => {
    const input = await file('own.sdf', await readFile(place('butanol.sdf'), 'utf8'));
    for (const options of [['--force'], ['--resume'], []]) {
      const { exitCode, stderr } = await generate(input, '-n', '1', '-o', `${folder}/./own.sdf`, ...options);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('own.sdf is an input; give another --out')]);
    }
    expect(await readFile(input, 'utf8')).toBe(await readFile(place('butanol.sdf'), 'utf8'));
  });

  it('gives molecules of three atoms or fewer their one shape, without the network', async () => {
    const input = await file('small.smi', '[H][H]\nO\n[H]Cl\nN#N\n[C-]#[O+]\nO=C=O\nC#N\nO=S=O');
    const { exitCode, stdout, stderr } = await generate(input, '-n', '1', '--start', 'noise', '--sigma', '10');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('standard output: 8 conformers of 8 molecules');
    const records = recordsOf(stdout);
    const lengths = records.map(({ coordinates = [] }) =>
      Math.hypot(...[0, 1, 2].map((axis) => coordinates[axis] - coordinates[3 + axis])),
    );
    // From experiments (CRC Handbook), in ångström.
    for (const [k, length] of [0.741, 0.958, 1.275, 1.098, 1.128, 1.16, 1.153, 1.432].entries())
      expect(Math.abs(lengths[k] / length - 1)).toBeLessThan(0.06);
    expect(records.map(({ properties }) => properties.get('network_calls'))).toEqual(records.map(() => '0'));
  });

  it.runIf(process.platform === 'linux')('says that standard output is full, and no more', async () => {
    const words = ['conformers', 'generate', 'CCO', '-n', '3', ...gentle()];
    const { exitCode, stderr } = await startInShell('exec "$@" > /dev/full', ...words).ended;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^clofnet: cannot write to standard output: ENOSPC[^\n]*\n$/);
  });

  it('refuses what makes no sense, in one line, before anything is made', async () => {
    await file('other.smi', 'CCO\nCC(O)Cl\nCC\nCCCC');
    await file('empty.smi', '');
    await file('blank.smi', '\n# a comment\n\n');
    await file('empty.sdf', '');
    const before = (await readdir(folder)).sort();
    const other = await readFile(place('m.sdf'), 'utf8');
    const cases: [string, string[], string][] = [
      ['CC(', [], 'this branch is never closed; add )'],
      [place('none.smi'), [], 'none.smi: no such file'],
      ['CCO', ['-o', place('none/out.sdf')], 'does not exist; create it first'],
      ['CCO', ['-o', 'out.pdb'], '--out takes a name that ends in .sdf or .xyz, or - for standard output, not out.pdb'],
      ['CCO', ['--weights', place('none.safetensors')], 'none.safetensors: no such file'],
      [place('empty.smi'), ['-o', place('o.sdf')], 'empty.smi holds no molecules; give one that does'],
      [place('blank.smi'), ['-o', place('o.sdf')], 'blank.smi holds no molecules'],
      [place('empty.sdf'), ['-o', place('o.sdf')], 'empty.sdf holds no molecules'],
      ['aspirin', [], 'aspirin is neither a SMILES nor an existing file; files end in .smi, .sdf, .xyz, '],
      ['[Na+].[Cl-]', [], 'these are 2 molecules side by side; give one molecule at a time'],
      ['CCO', ['--sigma', '0.001'], ': --sigma must be above 0.02'],
      ['CCO', ['--sigma', '0'], "option '--sigma <n>' argument '0' is invalid. Expected a number above 0"],
      ['CCO', ['--window', '4'], 'add --relax mmff94s'],
      [
        'CCO',
        ['--sampler', 'langevin', '--churn', '1'],
        ': --churn applies only to the flow sampler, not to langevin; remove --churn',
      ],
      ['CCO', ['--unique', '0'], "option '--unique <n>' argument '0' is invalid. Expected a number above 0"],
      ['CCO', ['--sampler', 'ddpm'], 'Allowed choices are flow, langevin, predictor-corrector'],
      ['CCO', ['--max-atoms', '5'], 'at most 5 are allowed; use a smaller one or raise --max-atoms'],
      ['CCO', ['--resume'], '--resume continues a file; name it with --out'],
      ['CCO', ['--resume', '--force', '-o', place('m.sdf')], 'give only one'],
      ['CCO', ['--resume', '--trajectory', place('t.xyz'), '-o', place('m.sdf')], 'remove it with --resume'],
      ['CCO', ['--trajectory', place('t.sdf')], 'name it .xyz'],
      ['CCO', ['--trajectory', place('o.xyz'), '-o', place('o.xyz')], 'name the same file; give two'],
      ['CCO', ['--resume', '-o', place('m.sdf')], "record 1 was made with requested '2', this run has '10'"],
      [
        'CCC',
        ['--resume', '-n', '2', '-o', place('m.sdf')],
        'made from another input: it continues at molecule 4 of 1',
      ],
      [place('other.smi'), ['--resume', '-n', '2', '-o', place('m.sdf')], 'it stopped at, 4, was C and is CCCC now'],
    ];
    for (const [input, options, message] of cases) {
      const { exitCode, stdout, stderr } = await generate(input, ...options);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^clofnet conformers generate: [^\n]+\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
    expect((await readdir(folder)).sort()).toEqual(before);
    expect(await readFile(place('m.sdf'), 'utf8')).toBe(other);
  });
});

describe('clofnet conformers generate with a score network', () => {
  it.each(['flow', 'langevin', 'predictor-corrector'])('samples by %s', async (sampler) => {
    const score = await writeTinyScoreWeights(folder);
    const { exitCode, stdout } = await runClofnet(
      ...['conformers', 'generate', 'CCO', '-n', '2', '--weights', score, '--workers', '1', '--sampler', sampler],
      ...['--start', 'shapes', '--sigma', '0.021', '--steps', '2', '--churn', '0'],
    );
    expect(exitCode).toBe(0);
    expect(recordsOf(stdout)).toHaveLength(2);
    expect(stdout).toContain('tiny-score.safetensors');
  });

  it('tells what is wrong with conformers that it makes of noise', async () => {
    const score = await writeTinyScoreWeights(folder);
    const { exitCode, stderr } = await runClofnet(
      ...['conformers', 'generate', 'CCO', '-n', '1', '--weights', score, '--workers', '1', '--max-attempts', '1'],
      ...['--sampler', 'langevin', '--start', 'noise', '--steps', '2'],
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/1 of 1 conformers failed; the last one, after 1 attempt: /);
  });
});
