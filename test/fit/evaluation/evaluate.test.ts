import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../../src/fit/data/geometry.js';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import { evaluateGeometries } from '../../../src/fit/evaluation/evaluate.js';
import { forcesTarget, networkTarget, placePredictor } from './support.js';

const geometry = (x: number, ofGraphs: Geometry['ofGraphs'], atoms = 1): Geometry => ({
  species: new Array<string>(atoms).fill('H'),
  positions: Array.from({ length: 3 * atoms }, () => x),
  ofGraphs,
  source: { file: 'a.xyz' },
});

describe('evaluateGeometries', () => {
  it('compares all targets with what is known, in pieces', async () => {
    const { predictor, calls } = placePredictor([networkTarget(), forcesTarget]);
    const set = geometrySet([0, 1, 2, 3].map((x) => geometry(x, { energy: [x + 0.5] }, 1000)));
    const done: number[] = [];
    const evaluation = await evaluateGeometries(predictor, set, { onProgress: (count) => done.push(count) });
    expect(calls).toEqual([2, 2]);
    expect(done).toEqual([2, 4]);
    expect(evaluation).toMatchObject({ geometries: 4, atoms: 4000 });
    expect(evaluation.targets[0]).toMatchObject({ name: 'energy', meanAbsolute: 0.5, missing: 0 });
    // The files do not have them at all.
    expect(evaluation.targets[1]).toMatchObject({ name: 'forces', meanAbsolute: null, compared: 0, missing: 4000 });
  });

  it('finds a target under the name it was learned by, its own, and the conventional ones', async () => {
    const named = (column: string) => geometrySet([geometry(1, { [column]: [3] })]);
    const { predictor } = placePredictor([networkTarget({ column: 'REF_energy' })]);
    for (const column of ['REF_energy', 'energy'])
      expect((await evaluateGeometries(predictor, named(column))).targets[0].meanAbsolute).toBe(2);
    const both = geometrySet([geometry(1, { energy: [100], REF_energy: [1] })]);
    expect((await evaluateGeometries(predictor, both)).targets[0].meanAbsolute).toBe(0);
    await expect(evaluateGeometries(predictor, named('eny'))).rejects.toThrow(
      'the files have none of what the network predicts, energy (column REF_energy); they have eny',
    );
  });

  it('refuses another unit than its own, and what is there but of no use', async () => {
    const { predictor, calls } = placePredictor([networkTarget()]);
    const set = (ofGraphs: Geometry['ofGraphs'], more: Partial<Geometry>) =>
      geometrySet([geometry(1, { energy: [1] }), { ...geometry(1, ofGraphs), ...more }]);
    const inKcal = set({ energy: [1] }, { units: { energy: 'kcal/mol' } });
    await expect(evaluateGeometries(predictor, inKcal)).rejects.toThrow(
      'energy is in kcal/mol in the files, but the network predicts eV',
    );
    const infinite = set({}, { setAside: { energy: 'is "inf" in a.xyz:2, not finite' } });
    await expect(evaluateGeometries(predictor, infinite)).rejects.toThrow('energy is "inf" in a.xyz:2, not finite');
    await expect(evaluateGeometries(predictor, set({ energy: [-Infinity] }, {}))).rejects.toThrow(
      'the target energy is -Infinity in a.xyz, not finite',
    );
    expect(calls).toEqual([]);
    const inEv = set({ energy: [1] }, { units: { energy: 'eV' } });
    expect((await evaluateGeometries(predictor, inEv)).targets[0].meanAbsolute).toBe(0);
  });

  it('refuses a target of another form, and stops when told', async () => {
    const { predictor, calls } = placePredictor([networkTarget()]);
    const wide = geometrySet([geometry(1, { energy: [1, 2] })]);
    await expect(evaluateGeometries(predictor, wide)).rejects.toThrow('the target energy has 2 numbers a geometry');
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    const set = geometrySet([geometry(1, { energy: [1] })]);
    await expect(evaluateGeometries(predictor, set, { signal: stop.signal })).rejects.toThrow('stopped');
    expect(calls).toEqual([]);
  });
});
