import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../src/files/extended-xyz.js';
import { startClofnet, startInShell } from './support/child.js';
import { runClofnet } from './support/run.js';
import { writeWeightFile } from './support/weight-file.js';

const columns = 'Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1';
const body = (x: number, charge = 1): string => `X ${x} ${x * x} 0 0 0.5 0 ${charge}\n`;
const five = `5\n${columns} id=five\n${[0, 1, 2, 3, 4].map((x) => body(x)).join('')}`;
const three = `3\n${columns}\n${body(0)}${body(1, -1)}${body(2)}`;

let folder = '';
let weights = '';
let systems = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  const provenance = { data: { input: 30, target: 40, name: 'charged5_initvel1small' } };
  weights = await writeWeightFile(folder, 'w.safetensors', { model: 'clof_vel', hidden: 8, layers: 2 }, { provenance });
  systems = join(folder, 'systems.xyz');
  await writeFile(systems, five + three);
});
afterAll(() => rm(folder, { recursive: true }));

const predict = (...options: string[]) => runClofnet('newton', 'predict', ...options);

describe('clofnet newton predict', () => {
  it('writes extended XYZ that says where it comes from', async () => {
    const out = join(folder, 'out.xyz');
    const { exitCode, stdout, stderr } = await startClofnet(
      'newton',
      'predict',
      systems,
      '--weights',
      weights,
      '-o',
      out,
    ).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('2 systems, 8 bodies');
    const before = parseExtendedXyz(await readFile(systems, 'utf8'), systems);
    const after = parseExtendedXyz(await readFile(out, 'utf8'), out, { required: ['charges', 'displacement'] });
    expect(after.map(({ species }) => species.length)).toEqual([5, 3]);
    expect(after[0].info).toMatchObject({ id: 'five', weights: 'w.safetensors', time_span: '1' });
    expect(after[0].info.predicted_by).toMatch(/^clofnet \S+ clof_vel$/);
    for (const [k, { positions, arrays }] of after.entries()) {
      const moved = arrays.get('displacement')?.data ?? [];
      for (const [i, x] of positions.entries()) expect(x - moved[i]).toBeCloseTo(before[k].positions[i], 5);
    }
  });

  it('writes to standard output without -o and with -, and as JSON', async () => {
    const plain = await predict(systems, '--weights', weights);
    expect(plain).toMatchObject({ exitCode: 0, stderr: '' });
    const structures = parseExtendedXyz(plain.stdout, 'stdout');
    expect(await predict(systems, '--weights', weights, '-o', '-')).toEqual(plain);
    const json = JSON.parse((await predict(systems, '--weights', weights, '--json')).stdout);
    expect(json.bodies).toEqual([5, 3]);
    expect(json.time_span).toBe(1);
    expect(json.frames[1].positions).toEqual([...structures[1].positions]);
  });

  it('replaces a file only where it is forced to', async () => {
    const out = join(folder, 'old.extxyz');
    await writeFile(out, 'old');
    const again = await predict(systems, '--weights', weights, '-o', out);
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is already there; give --force') });
    expect(await readFile(out, 'utf8')).toBe('old');
    expect(await predict(systems, '--weights', weights, '-o', out, '--force')).toMatchObject({ exitCode: 0 });
    expect(parseExtendedXyz(await readFile(out, 'utf8'), out)).toHaveLength(2);
  });

  it('reads standard input where the file is -', async () => {
    const line = ['newton', 'predict', '-', '--weights', weights];
    const { exitCode, stdout, stderr } = await startInShell(`"$@" < '${systems}'`, ...line).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe((await predict(systems, '--weights', weights)).stdout);
    const packed = await startInShell(`gzip -c '${systems}' | "$@"`, ...line).ended;
    expect(packed.stdout).toBe(stdout);
    const empty = await startInShell('"$@" < /dev/null', ...line).ended;
    expect(empty.stderr).toBe('clofnet newton predict: standard input: the file is empty; expected extended XYZ\n');
  });

  it('warns in one line of what the network has never seen', async () => {
    const odd = join(folder, 'odd.xyz');
    await writeFile(odd, `2\n${columns}\n${body(0, 7)}${body(1)}`);
    const { exitCode, stderr } = await predict(odd, '--weights', weights, '--quiet');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^warning: the network was trained on 5 bodies, here are systems of 2, .* charges of 7: .*\n$/,
    );
  });

  it('refuses what it cannot read or write, and writes nothing', async () => {
    const bad = join(folder, 'bad.xyz');
    const cases: [string, string[], string][] = [
      ['', [], `${bad}: the file is empty`],
      [three.slice(0, -40), [], `${bad}:1: the structure announces 3 bodies`],
      [three.replace('0.5', 'NaN'), [], `${bad}:3: column 6 (velocities) must be a finite number, not "NaN"`],
      [three.replace(':charge:R:1', ':mass:R:1'), [], 'the structure has no charges (accepted names: charge'],
      [three, ['--gravity', '0,0,1'], 'this network takes no gravity field'],
      [three, ['-o', join(folder, 'none', 'out.xyz')], 'does not exist; create it first'],
      [
        three.replace('X 1 1', 'X 1 1e300'),
        [],
        `${bad}:4: column 3 (positions) must be a number from -1e18 to 1e18, not "1e300"`,
      ],
      [
        three.replace('X 1 1', 'X -1e30 1'),
        [],
        `${bad}:4: column 2 (positions) must be a number from -1e18 to 1e18, not "-1e30"`,
      ],
      [three, ['-o', folder], 'ends in .xyz or .extxyz'],
      [three, ['-o', bad], `${bad} is an input; give another --out`],
      [three, ['-o', bad, '--force'], `${bad} is an input; give another --out`],
      [three, ['-o', systems], `${systems} is already there; give --force to replace it`],
      [three, ['--weights', bad], 'not a safetensors file'],
      [`9999999${three.slice(1)}`, [], 'the structure announces 9999999 bodies'],
      [`99999${three.slice(1)}${'B 0 0 0 0 0 0 1\n'.repeat(99_996)}`, [], 'a system of 99999 bodies takes about '],
      [three, ['--device', 'gpu'], 'Allowed choices are cpu, webgpu'],
    ];
    const files = [...(await readdir(folder)), 'bad.xyz'].sort();
    for (const [content, options, message] of cases) {
      await writeFile(bad, content);
      const { exitCode, stdout, stderr } = await predict(bad, '--weights', weights, ...options);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^clofnet newton predict: [^\n]+\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
    expect((await readdir(folder)).sort()).toEqual(files);
    expect((await predict(join(folder, 'no.xyz'), '--weights', weights)).stderr).toContain('no.xyz: no such file');
    expect((await predict(systems)).stderr).toContain("required option '--weights <file>' not specified");
    expect((await predict(systems, '--weight', weights)).stderr).toContain("unknown option '--weight' (Did you mean");
    expect((await predict('', '--weights', weights)).stderr).toContain("argument 'systems' is empty");
  });

  it.runIf(process.platform === 'linux')('says so where standard output is full', () => {
    const words = ['--import', './scripts/typescript.js', 'src/cli/main.ts', 'newton', 'predict', systems];
    const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const;
    const { status, stderr } = spawnSync(process.execPath, [...words, '--weights', weights], { stdio: [...stdio] });
    expect(stderr.toString()).toMatch(/^clofnet: cannot write to standard output: ENOSPC[^\n]+\n$/);
    expect(status).toBe(2);
  });
});
