import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { generateConformers } from '../../../src/conformers/generation/generate.js';
import type { GenerateOptions } from '../../../src/conformers/generation/generated.js';
import { localMaker } from '../../../src/conformers/generation/local-maker.js';
import {
  type ConformerGenerator,
  type GeneratorOptions,
  type MoleculeInput,
  openConformerGenerator,
} from '../../../src/conformers/generation/open-generator.node.js';
import { pooledMaker } from '../../../src/conformers/generation/pooled-maker.node.js';
import { isMade } from '../../../src/conformers/making/made-conformer.js';
import { makingSettings } from '../../../src/conformers/making/making-settings.js';
import { openDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { checkGeometry } from '../../../src/molecules/checks/geometry-checks.js';
import { checkStereo } from '../../../src/molecules/checks/stereo-checks.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { openCentres } from '../../../src/molecules/stereo/isomers.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { gentle, tinyProgram } from '../support/tiny-denoiser.js';
import { writeTinyWeights } from '../support/tiny-weights-file.js';

let folder = '';
let weights = '';
/** One for all tests that do not close it: threads take their time to start. */
let generator: ConformerGenerator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  weights = await writeTinyWeights(folder);
  generator = await openConformerGenerator({ weights, workers: 2 });
});
afterAll(async () => {
  await generator.close();
  await rm(folder, { recursive: true });
});

const opened: ConformerGenerator[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((own) => own.close()));
});

async function open(options: GeneratorOptions = {}): Promise<ConformerGenerator> {
  const own = await openConformerGenerator({ weights, workers: 2, ...options });
  opened.push(own);
  return own;
}

const smiles = ['CC[C@H](C)O', 'C[C@@H](O)[C@H](N)C(=O)O', 'C/C=C/C', 'CC(O)Cl', 'C', '[Na+]', 'CCCCCCO'];
const options: GenerateOptions = { ...gentle, count: 4, seed: 3 };

async function collect(from: ConformerGenerator, input: MoleculeInput | readonly MoleculeInput[], more = {}) {
  const items = [];
  for await (const item of from.generate(input, { ...options, ...more })) items.push(item);
  return items;
}

describe('a generator of conformers', () => {
  test('gives the same numbers, to the last bit, by one, two or three threads, and on this one', async () => {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map(async (workers) => collect(await open({ workers }), smiles)),
    );
    expect(one.length).toBe(5 * smiles.length);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    const maker = localMaker(await openDenoiser(await openRuntime(), tinyProgram()));
    const here = [];
    for await (const item of generateConformers(
      smiles.map((text) => parseSmiles(text)),
      maker,
      options,
    ))
      here.push(item);
    expect(here).toEqual(one);
    await maker.close();
  });

  test('gives the same numbers each time, and others for another seed', async () => {
    const first = await collect(generator, smiles.slice(0, 2));
    expect(await collect(generator, smiles.slice(0, 2))).toEqual(first);
    expect(await collect(generator, smiles.slice(0, 2), { seed: 4 })).not.toEqual(first);
  });

  test('gives nothing that is of another isomer, or broken', async () => {
    for (const item of await collect(generator, smiles, { relax: 'mmff94s' })) {
      if (item.kind === 'molecule') expect(item).toMatchObject({ requested: 4, made: 4, failed: [] });
      else {
        const { molecule, coordinates, relaxed } = item;
        expect(openCentres(molecule)).toEqual([]);
        expect([...checkStereo(molecule, coordinates), ...checkGeometry(molecule, coordinates)]).toEqual([]);
        expect(relaxed).toBeDefined();
      }
    }
  });

  test('takes one SMILES, molecules and streams of them', async () => {
    const molecule = parseSmiles('CCO');
    const [first] = await collect(generator, 'CCO');
    const [second] = await collect(generator, molecule);
    async function* stream() {
      yield 'CCO';
      yield molecule;
    }
    const third = [];
    for await (const item of generator.generate(stream(), options)) third.push(item);
    if (first.kind !== 'conformer' || second.kind !== 'conformer') throw new Error('no conformer');
    expect(second.coordinates).toEqual(first.coordinates);
    expect(second.molecule).toBe(molecule);
    expect(third).toHaveLength(10);
    expect(third[0]).toEqual(first);
  });

  test('says what its weights are', async () => {
    const { weights: found } = generator;
    expect(found).toMatchObject({ file: weights, config: { hidden: 8 }, provenance: { note: 'a test' } });
    expect(found.label).toMatch(/^tiny\.safetensors [0-9a-f]{8}$/);
  });

  test('stops when it is told to, and works on afterwards', async () => {
    const controller = new AbortController();
    const items = generator.generate(smiles, { ...options, count: 50, signal: controller.signal });
    await items.next();
    controller.abort(new Error('enough'));
    await expect(async () => {
      for await (const _ of items);
    }).rejects.toThrow('enough');
    expect(await collect(generator, 'CCO')).toHaveLength(5);
  });

  test('works on after the reader has left a loop', async () => {
    for await (const item of generator.generate(smiles, { ...options, count: 50 })) {
      expect(item.kind).toBe('conformer');
      break;
    }
    expect(await collect(generator, 'CCO')).toHaveLength(5);
  });

  test('keeps the class of errors of the user', async () => {
    await expect(collect(generator, 'CC(')).rejects.toThrow(UserError);
    await expect(collect(generator, ['CCO', 'C1CC'])).rejects.toThrow(UserError);
    await expect(collect(generator, 'CCO', { steps: -1 })).rejects.toThrow(UserError);
  });

  test('is closed once', async () => {
    const own = await open();
    const items = own.generate(smiles, { ...options, count: 50 });
    await items.next();
    await own.close();
    await expect(async () => {
      for await (const _ of items);
    }).rejects.toThrow('the threads were closed');
    await expect(collect(own, 'CCO')).rejects.toThrow('the threads were closed');
    await own.close();
  });

  test('is not opened without weights, or with those of something else', async () => {
    await expect(openConformerGenerator({ weights: join(folder, 'none.safetensors') })).rejects.toThrow(
      'none.safetensors: no such file',
    );
    const broken = join(folder, 'broken.safetensors');
    await writeFile(broken, 'no weights');
    await expect(openConformerGenerator({ weights: broken })).rejects.toThrow(UserError);
    await expect(openConformerGenerator({ weights, workers: 0 })).rejects.toThrow(
      'the number of workers must be a whole number of at least 1, not 0',
    );
  });
});

describe('threads that fail', () => {
  const settings = makingSettings(gentle);
  const request = { molecule: parseSmiles('CCO'), stream: { seed: 1, molecule: 0, conformer: 0 } };

  test('tell why they could not start', async () => {
    const program = { ...tinyProgram(), bytes: Uint8Array.of(1, 2, 3) };
    const pool = pooledMaker({ program, device: 'cpu' }, 1);
    await expect(pool.make([request], settings)).rejects.toThrow();
    await expect(pool.make([request], settings)).rejects.toThrow();
    await pool.close();
  });

  test('reject their own job, with the class of the error, and go on', async () => {
    const pool = pooledMaker({ program: tinyProgram(), device: 'cpu' }, 1);
    const far = { ...settings, plan: { ...settings.plan, steps: 0 } };
    const [bad, good] = [pool.make([request], far), pool.make([request, request], settings)];
    await expect(bad).rejects.toThrow(UserError);
    const results = await good;
    expect(results.map(isMade)).toEqual([true, true]);
    expect(results[0]).toEqual(results[1]);
    await pool.close();
  });

  test('do not start for a job that is given up before', async () => {
    const pool = pooledMaker({ program: tinyProgram(), device: 'cpu' }, 1);
    await expect(pool.make([request], settings, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    const controller = new AbortController();
    const jobs = [1, 2, 3].map(() => pool.make([request], settings, controller.signal));
    controller.abort(new Error('enough'));
    for (const result of await Promise.allSettled(jobs)) expect(result.status).toBe('rejected');
    expect((await pool.make([request], settings)).map(isMade)).toEqual([true]);
    await pool.close();
  });
});
