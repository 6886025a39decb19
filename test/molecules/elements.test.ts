import { describe, expect, it } from 'vitest';
import { elementNumber, elementSymbol } from '../../src/molecules/elements.js';

describe('elements', () => {
  it.each([
    [1, 'H'],
    [6, 'C'],
    [17, 'Cl'],
    [35, 'Br'],
    [53, 'I'],
    [86, 'Rn'],
    [118, 'Og'],
  ])('%i is %s', (number, symbol) => {
    expect(elementSymbol(number)).toBe(symbol);
    expect(elementNumber(symbol)).toBe(number);
    expect(elementNumber(symbol.toUpperCase())).toBe(number);
  });

  it('have no other symbols and numbers', () => {
    expect([0, 119].map(elementSymbol)).toEqual(['X', 'X']);
    expect(['X', '', 'Zz'].map(elementNumber)).toEqual([undefined, undefined, undefined]);
  });
});
