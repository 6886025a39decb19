import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/common/nearest.js';

describe('nearest', () => {
  it('finds slips of the fingers', () => {
    const names = ['learningRate', 'epochs', 'batchSize', 'weightDecay'];
    expect(nearest('epcohs', names)).toBe('epochs');
    expect(nearest('learning_rate', names)).toBe('learningRate');
    expect(nearest('BATCHSIZE', names)).toBe('batchSize');
    expect(nearest('bananas', names)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
    expect(didYouMean('epoch', names)).toBe(' (did you mean "epochs"?)');
    expect(didYouMean('bananas', names)).toBe('');
  });

  it('counts edits as the definition says', () => {
    // Levenshtein's textbook pairs, and one swap of neighbours.
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('saturday', 'sunday')).toBe(3);
    expect(editDistance('abcd', 'acbd')).toBe(1);
    expect(editDistance('ca', 'abc')).toBe(3); // restricted form
    expect(editDistance('', 'abc')).toBe(3);
  });
});
