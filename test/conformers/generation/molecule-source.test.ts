import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { moleculeSource } from '../../../src/conformers/generation/molecule-source.node.js';
import { supportedElements } from '../../../src/conformers/making/supported-elements.js';
import { writeSdf } from '../../../src/molecules/formats/sdf-write.js';
import { knownShape } from '../support/stub-denoiser.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const options = { maxAtoms: 20, elements: supportedElements };

async function read(argument: string, own = options): Promise<{ count: number; found: string[] }> {
  const source = await moleculeSource(argument, own);
  const found: string[] = [];
  for await (const result of source.results()) {
    found.push(
      'error' in result ? `error: ${result.error}` : `${result.molecule.smiles} ${result.molecule.name}`.trim(),
    );
  }
  return { count: source.count, found };
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('molecules of an argument', () => {
  test('are the one SMILES that it is', async () => {
    expect(await read('C(C)O')).toEqual({ count: 1, found: ['CCO'] });
    expect(await read('C/C=C/C')).toEqual({ count: 1, found: ['C/C=C/C'] });
    await expect(moleculeSource('CC(', options)).rejects.toThrow('this branch is never closed');
    await expect(moleculeSource('CCCCCCCCC', options)).rejects.toThrow('at most 20 are allowed');
    await expect(moleculeSource('[Pt]', options)).rejects.toThrow('Pt is not supported here');
    const advised = moleculeSource('CCCCCCCCC', { ...options, tooLarge: 'cut it' });
    await expect(advised).rejects.toThrow('at most 20 are allowed; cut it');
  });

  test.each(['aspirin', 'Caffeine', 'cocaine', 'molecules', 'my-set'])('are not those of the word %s', async (word) => {
    await expect(moleculeSource(word, options)).rejects.toThrow(
      `${word} is neither a SMILES nor an existing file; files end in .smi, .sdf, .xyz, .jsonl, .msgpack or .safetensors`,
    );
  });

  test.each(['CCNa', 'c1ccc', 'ccn'])('are told what is wrong with %s as a SMILES', async (text) => {
    await expect(moleculeSource(text, options)).rejects.toThrow(`SMILES "${text}", character `);
  });

  test.each([
    ['empty.smi', ''],
    ['comments.smi', '\n# none\n \n'],
    ['empty.smi.gz', gzipSync('')],
    ['empty.sdf', ''],
    ['blank.sdf', '\n\n'],
  ])('are missed in %s', async (name, content) => {
    const path = await file(name, content);
    await expect(moleculeSource(path, options)).rejects.toThrow(`${path} holds no molecules; give one that`);
  });

  const lines = '\uFEFF# molecules\nCCO ethanol\n\nC1CC(\r\nc1ccccc1\tbenzene ring\nCCCCCCCCC nonane\n[Pt] platinum\nN';

  test.each(['m.smi', 'm.txt', 'm.smiles', 'm.smi.gz'])(
    'are the lines of %s, bad ones told with their number',
    async (name) => {
      const path = await file(name, name.endsWith('.gz') ? gzipSync(lines) : lines);
      const { count, found } = await read(path);
      expect(count).toBe(6);
      expect(found.map((text) => text.replace(path, 'FILE').slice(0, 40))).toEqual([
        'CCO ethanol',
        expect.stringMatching(/^error: FILE, line 4: /),
        'c1ccccc1 benzene ring',
        expect.stringMatching(/^error: FILE, line 6: /),
        expect.stringMatching(/^error: FILE, line 7: /),
        'N',
      ]);
    },
  );

  test('are the records of an SDF, with the stereo that they have in space', async () => {
    const [butanol, ethanol] = ['CC[C@H](C)O', 'CCO'].map(knownShape);
    const good = writeSdf({ ...butanol.molecule, name: 'two' }, butanol.shape);
    const records = [good, 'broken\n\n\nx\n$$$$\n', writeSdf(ethanol.molecule, ethanol.shape)];
    const path = await file('m.sdf', records.join(''));
    const { count, found } = await read(path);
    expect(count).toBe(3);
    expect(found).toEqual(['CC[C@H](C)O two', expect.stringContaining('record 2'), 'CCO']);
    const small = await read(path, { ...options, maxAtoms: 10 });
    expect(small.found[0]).toBe(
      `error: ${path}:1: record 1: the molecule has 15 atoms, at most 10 are allowed; use a smaller one`,
    );
    const organic = await read(path, { ...options, elements: new Set([1, 6]) });
    expect(organic.found[2]).toMatch(/record 3: O is not supported$/);
    const mol = await file('one.mol', good.slice(0, good.indexOf('$$$$')));
    expect(await read(mol)).toEqual({ count: 1, found: ['CC[C@H](C)O two'] });
  });

  test('are none where a file is missing, or of another kind', async () => {
    const cases: [string, string][] = [
      [join(folder, 'none.smi'), 'none.smi: no such file'],
      ['none.sdf.gz', 'cannot read none.sdf.gz: no such file'],
      ['molecules.pdb', 'molecules.pdb is neither a SMILES nor an existing file'],
      ['molecules.csv', 'cannot read molecules.csv: no such file'],
      [await file('molecules', 'Dear Sir\n'), 'cannot tell what it holds; give SMILES lists (.smi), SDF (.sdf), '],
      [await file('molecules.pdb', 'ATOM\n'), 'cannot tell what'],
      [folder, 'is a folder; name a file of molecules in it'],
    ];
    for (const [argument, message] of cases) {
      await expect(moleculeSource(argument, options)).rejects.toThrow(message);
      await expect(moleculeSource(argument, options)).rejects.toThrow(UserError);
    }
  });

  test('are a SMILES even where something has its name', async () => {
    const before = process.cwd();
    await mkdir(join(folder, 'CO'));
    process.chdir(folder);
    try {
      expect(await read('CO')).toEqual({ count: 1, found: ['CO'] });
    } finally {
      process.chdir(before);
    }
  });
});
