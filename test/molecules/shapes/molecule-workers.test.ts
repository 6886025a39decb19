import { afterAll, describe, expect, it } from 'vitest';
import { relaxMmff94s } from '../../../src/molecules/force-field/force-field.js';
import { loadResources } from '../../../src/molecules/open-chem-lib.node.js';
import { MoleculeWorkers } from '../../../src/molecules/shapes/molecule-workers.node.js';
import { makeShapes } from '../../../src/molecules/shapes/shapes.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const workers = new MoleculeWorkers(2);
afterAll(() => workers.close());

const alcohol = parseSmiles('CC[C@H](O)CN');
const boron = parseSmiles('CB(O)O'); // MMFF94s has no parameters for boron
const shapes = makeShapes(alcohol, { method: 'distance-geometry', seed: 3, first: 0, count: 10 });

describe('threads for molecules', () => {
  it('make the same shapes, whatever their number', async () => {
    const calls: [number, number][] = [];
    const onProgress = (done: number, total: number) => calls.push([done, total]);
    expect(await workers.conformers(alcohol, 10, { seed: 3, onProgress })).toEqual(shapes);
    expect(calls.toSorted(([a], [b]) => a - b).at(-1)).toEqual([10, 10]);
  });

  it('relax conformers of several molecules in their order', async () => {
    const [lone] = makeShapes(boron, { method: 'distance-geometry', seed: 1, first: 0, count: 1 });
    const jobs = [
      { molecule: alcohol, conformers: shapes },
      { molecule: boron, conformers: [lone] },
    ];
    const [relaxed, left] = await workers.relax(jobs, { maxIterations: 5 });
    loadResources();
    expect(relaxed).toEqual(shapes.map((shape) => relaxMmff94s(alcohol, shape, { maxIterations: 5 })));
    expect(left).toEqual([{ unsupported: 'MMFF94s has no parameters for this molecule' }]);
  });

  it('make conformers by the rules too', async () => {
    const found = await workers.conformers(parseSmiles('CCO'), 3, { method: 'rules' });
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toHaveLength(27);
  });

  it('stop at a signal, and refuse what makes no sense', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(workers.conformers(alcohol, 5, { signal })).rejects.toThrow('enough');
    await expect(workers.conformers(alcohol, 0)).rejects.toThrow('the number of conformers');
    await expect(workers.conformers(alcohol, 1, { seed: -1 })).rejects.toThrow('the seed');
    const bad = [{ molecule: alcohol, conformers: [new Float32Array(5)] }];
    await expect(workers.relax(bad)).rejects.toThrow('a molecule of 17 atoms has 51 coordinates, not 5');
    expect(() => new MoleculeWorkers(0)).toThrow('the number of workers');
  });
});
