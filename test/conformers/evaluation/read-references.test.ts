import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGenerated } from '../../../src/conformers/evaluation/read-generated.node.js';
import { readReferences } from '../../../src/conformers/evaluation/read-references.node.js';
import { writeSdf } from '../../../src/molecules/formats/sdf-write.js';
import { chiralSet, mirrored } from '../../support/conformer-sets.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const { reference } = chiralSet();
const { molecule, conformers } = reference;
const rows = (positions: Float32Array) =>
  Array.from(molecule.atomicNumbers, (_, atom) => [...positions.subarray(3 * atom, 3 * atom + 3)]);
const line = (shapes: readonly Float32Array[]): string =>
  JSON.stringify({
    smiles: molecule.smiles,
    Z: [...molecule.atomicNumbers],
    bonds: Array.from(molecule.bonds.begin, (i, k) => [i, molecule.bonds.end[k], 1]),
    coords: shapes.map(rows),
  });

describe('references from a file', () => {
  it('have the conformers that are right, and the rest is told', async () => {
    const path = await file('one.jsonl', `${line([conformers[0], mirrored(conformers[0])])}\nnonsense\n`);
    const faults: string[] = [];
    const found = await readReferences(path, { onFault: (message) => faults.push(message) });
    expect(found.map((ensemble) => ensemble.conformers.length)).toEqual([1]);
    expect(faults[0]).toBe(`${path}:1: reference conformers omitted, 1 of 2: wrong stereo`);
    expect(faults[1]).toContain(`${path}:2: `);
    expect(faults).toHaveLength(2);
  });

  it('are as many as were asked for', async () => {
    const path = await file('two.jsonl', `${line([conformers[0]])}\n${line([conformers[1]])}\nnonsense\n`);
    const faults: string[] = [];
    expect(await readReferences(path, { limit: 1, onFault: (message) => faults.push(message) })).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('must be there', async () => {
    const path = await file('none.jsonl', 'nonsense\n');
    await expect(readReferences(path)).rejects.toThrow('none.jsonl holds no reference molecules');
  });
});

describe('generated conformers from a file', () => {
  const all = async (path: string) => {
    const found = [];
    for await (const result of readGenerated(path)) found.push(result);
    return found;
  };

  it('tell what they took, where that is a number', async () => {
    const costs: Record<string, string | number>[] = [
      { seconds: 0.5, network_calls: 20 },
      { seconds: 'long' },
      {},
      { seconds: -1, network_calls: 0 },
    ];
    const path = await file('costs.sdf', costs.map((cost) => writeSdf(molecule, conformers[0], cost)).join(''));
    expect((await all(path)).map((result) => ('record' in result ? result.record.cost : result))).toEqual([
      { seconds: 0.5, networkCalls: 20 },
      {},
      {},
      { networkCalls: 0 },
    ]);
  });

  it('must lie in space', async () => {
    const flat = ['', '', '', '  1  0  0  0  0  0  0  0  0  0999 V2000', '    0.0000    0.0000    0.0000 C   0  0'];
    const path = await file('flat.sdf', `${[...flat, 'M  END', '$$$$'].join('\n')}\n`);
    expect(await all(path)).toEqual([{ error: `${path}:1: record 1: it has no positions in space` }]);
  });
});
