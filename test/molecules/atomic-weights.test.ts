import { Molecule } from 'openchemlib';
import { describe, expect, it } from 'vitest';
import { atomicWeight } from '../../src/molecules/atomic-weights.js';
import { elementSymbol } from '../../src/molecules/elements.js';

describe('atomic weights', () => {
  it('are those of OpenChemLib to one in a thousand', () => {
    const apart: string[] = [];
    for (let number = 1; number <= 92; number++) {
      const molecule = new Molecule(1, 0);
      molecule.addAtom(number);
      const symbol = elementSymbol(number);
      const weight = atomicWeight(symbol) ?? 0;
      const hydrogens = molecule.getImplicitHydrogens(0);
      const theirs = molecule.getMolecularFormula().relativeWeight - hydrogens * 1.00794;
      if (Math.abs(weight / theirs - 1) > 1e-3) apart.push(symbol);
    }
    // Of these it takes another isotope.
    expect(apart).toEqual(['Tc', 'Pm', 'Po']);
  });

  it('end with lawrencium, and are of elements alone', () => {
    expect([atomicWeight('lr'), atomicWeight('Rf'), atomicWeight('X')]).toEqual([262, undefined, undefined]);
  });
});
