import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import type { Ensemble, TheoryLevel } from '../../../src/conformers/dataset/ensemble.js';
import { openConformerGenerator } from '../../../src/conformers/generation/open-generator.node.js';
import {
  describeLearned,
  learnedAfter,
  learnedFrom,
  learnedOf,
  levelFor,
  unlearnedElements,
} from '../../../src/conformers/networks/learned.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const ensemble = (smiles: string, level: TheoryLevel): Ensemble => ({
  molecule: parseSmiles(smiles),
  conformers: [],
  level,
});
const learned = learnedOf([ensemble('CCBr', 'gfn2'), ensemble('O', 'mmff94s'), ensemble('CO', 'gfn2')]);

describe('what a network has learned', () => {
  test('are the elements and levels of theory of its ensembles', () => {
    expect(learned).toEqual({ elements: [1, 6, 8, 35], levels: ['mmff94s', 'gfn2'] });
  });

  test('is added to what the weights that it started from had learned', () => {
    const then = learnedOf([ensemble('CCl', 'dft')]);
    expect(learnedAfter(learned, then)).toEqual({ elements: [1, 6, 8, 17, 35], levels: ['mmff94s', 'gfn2', 'dft'] });
    expect(learnedAfter(undefined, then)).toEqual(then);
  });

  test('stands in the weight file in symbols, and is read from there', () => {
    expect(describeLearned(learned)).toEqual({ elements: ['H', 'C', 'O', 'Br'], levels: ['mmff94s', 'gfn2'] });
    expect(learnedFrom({ seed: 1, ...describeLearned(learned) })).toEqual(learned);
  });

  test.each([
    {},
    { elements: ['C'] },
    { elements: 'C', levels: 'gfn2' },
    { elements: [6, null], levels: ['gfn2'] },
    { elements: ['C'], levels: ['cc-pvtz'] },
  ])('is not known where a file says %j', (provenance) => {
    expect(learnedFrom(provenance)).toBeUndefined();
  });

  test('of the network that comes with the package is known', async () => {
    const generator = await openConformerGenerator({ workers: 1 });
    await generator.close();
    const symbols = ['H', 'C', 'N', 'O', 'F', 'Si', 'P', 'S', 'Cl', 'Br', 'I'];
    expect(generator.weights.learned).toEqual(learnedFrom({ elements: symbols, levels: ['gfn2', 'mmff94s'] }));
    expect(() => generator.generate('CO', { count: 1, level: 'dft' })).toThrow('available: mmff94s, gfn2');
  });
});

describe('the level of theory', () => {
  test('is the one that is wanted, or GFN2-xTB, or the first that the network has learned', () => {
    expect(levelFor(learned, 'mmff94s')).toBe('mmff94s');
    expect(levelFor(learned)).toBe('gfn2');
    expect(levelFor({ ...learned, levels: ['mmff94s', 'dft'] })).toBe('mmff94s');
    expect(levelFor(undefined)).toBe('gfn2');
    expect(levelFor(undefined, 'dft')).toBe('dft');
  });

  test('is refused where the network has not learned it', () => {
    expect(() => levelFor(learned, 'dft')).toThrow(UserError);
    expect(() => levelFor(learned, 'dft')).toThrow(
      'the weights were not trained at the level of theory dft; available: mmff94s, gfn2',
    );
  });
});

test('elements that a network has not learned are told by their symbols', () => {
  expect(unlearnedElements(learned, parseSmiles('OB(O)c1ccc(Cl)cc1Br'))).toEqual(['B', 'Cl']);
  expect(unlearnedElements(learned, parseSmiles('CCO'))).toEqual([]);
  expect(unlearnedElements(undefined, parseSmiles('CB'))).toEqual([]);
});
