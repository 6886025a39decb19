import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../../src/fit/data/geometry.js';
import { type PredictGeometriesOptions, predictGeometries } from '../../../src/fit/evaluation/predict-geometries.js';
import { forcesTarget, networkTarget, placePredictor } from './support.js';

const geometry = (x: number, change: Partial<Geometry> = {}): Geometry => ({
  species: ['H', 'H'],
  positions: [x, 0, 0, x, 1, 0],
  texts: { name: `n${x}` },
  source: { file: 'a.xyz', line: x },
  ...change,
});
const known = { ofGraphs: { energy: [7] } };

async function predicted(geometries: Iterable<Geometry>, options: PredictGeometriesOptions = {}) {
  const { predictor, calls } = placePredictor([networkTarget(), forcesTarget]);
  const found: Geometry[] = [];
  for await (const one of predictGeometries(predictor, geometries, options)) found.push(one);
  return { found, calls };
}

describe('predictGeometries', () => {
  it('puts predictions beside all that geometries have', async () => {
    const { found } = await predicted([geometry(1), geometry(2, { ofNodes: { mass: { width: 1, data: [1, 2] } } })]);
    expect(found.map(({ ofGraphs }) => ofGraphs)).toEqual([
      { energy: Float64Array.of(1) },
      { energy: Float64Array.of(2) },
    ]);
    expect(found[1].ofNodes).toEqual({
      mass: { width: 1, data: [1, 2] },
      forces: { width: 3, data: Float64Array.of(1, 1, 1, 2, 2, 2) },
    });
    expect(found.map(({ texts }) => texts?.name)).toEqual(['n1', 'n2']);
  });

  it('leaves columns of the same name as they are', async () => {
    const { found } = await predicted([geometry(1, known), geometry(2)]);
    expect(found[0].ofGraphs).toEqual({ energy: [7], predicted_energy: Float64Array.of(1) });
    // The name is the same in all geometries; that of forces was free.
    expect(found[1].ofGraphs).toEqual({ predicted_energy: Float64Array.of(2) });
    expect(Object.keys(found[1].ofNodes ?? {})).toEqual(['forces']);
    const again = await predicted([geometry(1, { ofGraphs: { energy: [7], predicted_energy: [9] } })]);
    expect(again.found[0].ofGraphs?.predicted_energy).toEqual(Float64Array.of(1));
  });

  it('refuses a column that would be known in some geometries and predicted in others', async () => {
    const late = [geometry(1), geometry(2, known)];
    await expect(predicted(late, { atoms: 2 })).rejects.toThrow(
      'a.xyz:2: the geometry has energy, a name that predictions stand under, as those before it have none; give prefix predicted_',
    );
    const { found } = await predicted(late, { atoms: 2, prefix: 'ml_' });
    expect(found.map(({ ofGraphs = {} }) => Object.keys(ofGraphs))).toEqual([['ml_energy'], ['energy', 'ml_energy']]);
    await expect(predicted([geometry(1, known)], { prefix: '' })).rejects.toThrow('a.xyz:1: the geometry has energy');
  });

  it('refuses known numbers in another unit beside its own', async () => {
    const units = { energy: 'kcal/mol' };
    await expect(predicted([geometry(3, { ...known, units })])).rejects.toThrow(
      'a.xyz:3: energy is in kcal/mol in the files, but the network predicts eV',
    );
    expect((await predicted([geometry(3, { units })])).found).toHaveLength(1);
    expect((await predicted([geometry(3, { ...known, units: { energy: 'eV' } })])).found).toHaveLength(1);
  });

  it('holds no more than a few geometries of a stream', async () => {
    let read = 0;
    function* endless(): Generator<Geometry> {
      for (;;) yield geometry(++read);
    }
    const { predictor, calls } = placePredictor([networkTarget()]);
    let written = 0;
    for await (const _ of predictGeometries(predictor, endless(), { atoms: 20 })) if (++written === 100) break;
    expect(read).toBeLessThanOrEqual(111);
    expect(calls).toEqual(new Array(10).fill(10));
    expect((await predicted([])).found).toEqual([]);
    // One that is larger is predicted by itself.
    expect((await predicted([geometry(1), geometry(2), geometry(3)], { atoms: 1 })).calls).toEqual([1, 1, 1]);
  });
});
