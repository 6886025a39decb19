import { describe, expect, it } from 'vitest';
import { bestCombination, compareRuns } from '../../src/training/comparison.js';
import { comparedRun } from '../support/compared-run.js';

describe('runs that are compared', () => {
  const runs = [
    comparedRun({ layers: 4, seed: 1 }, { valid: 0.2, test: 0.3, epoch: 10, seconds: 4 }),
    comparedRun({ layers: 8, seed: 1 }, { valid: 0.15, test: 0.5, epoch: 20 }),
    comparedRun({ layers: 4, seed: 2 }, { valid: 0.1, test: 0.2, epoch: 15, seconds: 8 }),
  ];

  it('are combined where they differ in the seed alone', () => {
    const { keys, names, combinations } = compareRuns(runs);
    expect({ keys, names }).toEqual({ keys: ['model.layers'], names: ['layers'] });
    expect(combinations.map(({ name, values, runs: members }) => [name, values, members.length])).toEqual([
      ['layers=4', [4], 2],
      ['layers=8', [8], 1],
    ]);
    const [four, eight] = combinations;
    expect(four.valid?.mean).toBeCloseTo(0.15, 12);
    expect(four.valid?.deviation).toBeCloseTo(Math.sqrt(2 * 0.05 ** 2), 12);
    expect(four).toMatchObject({ bestEpoch: 12.5, seconds: 6, test: { min: 0.2, max: 0.3 } });
    expect(eight).toMatchObject({ valid: { mean: 0.15, deviation: null }, seconds: null });
  });

  it('are chosen by validation, not by test', () => {
    const [better, worse] = [
      { valid: 0.1, test: 0.9 },
      { valid: 0.2, test: 0.1 },
    ];
    const comparison = compareRuns([comparedRun({ layers: 1 }, worse), comparedRun({ layers: 2 }, better)]);
    expect(bestCombination(comparison)?.name).toBe('layers=2');
    expect(bestCombination(compareRuns([comparedRun({ layers: 1 })]))).toBeUndefined();
  });

  it('may have no test error', () => {
    const [one] = compareRuns([comparedRun({ layers: 4 }, { valid: 0.2 })]).combinations;
    expect(one).toMatchObject({ valid: { mean: 0.2 }, test: null });
  });

  it('count once they are finished, unless none is', () => {
    const begun = comparedRun({ layers: 4, seed: 3 }, { valid: 9 }, { finished: false });
    const [four] = compareRuns([...runs, begun]).combinations;
    expect(four.runs).toHaveLength(3);
    expect(four.counted).toHaveLength(2);
    expect(four.valid?.max).toBe(0.2);
    expect(compareRuns([begun]).combinations[0].valid?.mean).toBe(9);
  });

  it('differ in a place only where other data lie there', () => {
    const [here, there] = [comparedRun({ data: 'a' }), comparedRun({ data: 'b' })];
    expect(compareRuns([here, there], { place: 'data.file' }).keys).toEqual([]);
    const other = { ...there, description: { ...there.description, dataHash: 'other' } };
    expect(compareRuns([here, other], { place: 'data.file' }).keys).toEqual(['data.file']);
  });

  it('are compared by the settings that are named', () => {
    const keys = ['training.rate', 'model.layers'];
    expect(compareRuns(runs, { keys }).combinations[0].name).toBe('rate=0.01, layers=4');
  });
});
