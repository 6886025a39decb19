import { describe, expect, it } from 'vitest';
import { isSameUnit, requireUnitOfTarget, textsOfUnits, unitsInTexts } from '../../src/fit/units.js';

describe('units of files', () => {
  it('are said by two texts, and said again', () => {
    const texts = { energy_unit: 'kcal/mol', length_unit: 'bohr' };
    expect(unitsInTexts(texts)).toEqual({ energy: 'kcal/mol', forces: 'kcal/mol/bohr' });
    expect(textsOfUnits(unitsInTexts(texts))).toEqual(texts);
    expect(unitsInTexts({ energy_unit: 'eV' })).toEqual({ energy: 'eV', forces: 'eV/Å' });
    expect([unitsInTexts({ length_unit: 'Å' }), textsOfUnits({})]).toEqual([{}, {}]);
  });

  it('are the same however they are spelt', () => {
    expect(isSameUnit('eV/Ang', 'ev / Å')).toBe(true);
    expect(isSameUnit('eV', 'kcal/mol')).toBe(false);
  });

  it('must be those of the target', () => {
    const energy = { name: 'energy', unit: 'eV' };
    expect(() => requireUnitOfTarget(energy, 'energy', {})).not.toThrow();
    expect(() => requireUnitOfTarget(energy, 'energy', { energy: 'EV', forces: 'x' })).not.toThrow();
    expect(() => requireUnitOfTarget(energy, 'E', { E: 'kcal/mol' })).toThrow(
      'energy (column E) is in kcal/mol in the files, but the network predicts eV; convert the files, or use a network ' +
        'that has learned from files in kcal/mol',
    );
  });
});
