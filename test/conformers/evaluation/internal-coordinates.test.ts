import { describe, expect, it } from 'vitest';
import { internalCoordinates, measureInternal } from '../../../src/conformers/evaluation/internal-coordinates.js';
import { internalDistributions } from '../../../src/conformers/evaluation/internal-distributions.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const typesOf = (smiles: string, kind: string): string[] =>
  internalCoordinates(parseSmiles(smiles)).flatMap((coordinate) => (coordinate.kind === kind ? coordinate.type : []));

const counts = (types: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(types)].sort().map((type) => [type, types.filter((other) => other === type).length]));

describe('internal coordinates', () => {
  it('are all bonds and angles, and the torsions of heavy atoms', () => {
    expect(counts(typesOf('CCC#N', 'bond'))).toEqual({ 'C–C': 2, 'C–H': 5, 'C≡N': 1 });
    expect(counts(typesOf('CCC#N', 'angle'))).toEqual({
      'C–C–C': 1,
      'C–C–H': 7,
      'C–C≡N': 1,
      'H–C–H': 4,
    });
    expect(typesOf('CCCN', 'torsion')).toEqual(['C–C–C–N']);
  });

  it('have no torsions where atoms lie in line', () => {
    expect(typesOf('CCC#N', 'torsion')).toEqual([]);
    expect(typesOf('CC=C=CC', 'torsion')).toEqual([]);
    expect(typesOf('CC#CCC', 'torsion')).toEqual([]);
  });

  it('have the same type from either end', () => {
    expect(counts(typesOf('OC=CCC=CO', 'torsion'))).toEqual({ 'C=C–C–C': 2, 'C–C=C–O': 2 });
  });

  it('tell rings from chains', () => {
    expect(counts(typesOf('CC1CC1', 'torsion'))).toEqual({ 'C–C–C–C, ring': 2 });
    expect(counts(typesOf('c1ccccc1C', 'torsion'))).toEqual({ 'C:C:C:C, ring': 6, 'C:C:C–C, ring': 2 });
  });

  it('are measured in ångström and degrees', () => {
    const square = [0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0];
    expect(measureInternal([0, 1], square)).toBe(2);
    expect(measureInternal([0, 1, 2], square)).toBeCloseTo(90, 10);
    expect(measureInternal([0, 1, 2, 3], square)).toBe(0);
    for (const [z, degrees] of [
      [1, 90],
      [-1, 90],
      [0, 180],
    ]) {
      const bent = [0, 1, 0, 0, 0, 0, 1, 0, 0, 1, z === 0 ? -1 : 0, z];
      expect(measureInternal([0, 1, 2, 3], bent)).toBeCloseTo(degrees, 10);
    }
    const straight = [0, 0, 0, 1, 0, 0, 3, 0, 0];
    expect(measureInternal([0, 1, 2], straight)).toBe(180);
    expect(measureInternal([0, 1, 2], [0, 0, 0, 0, 0, 0, 1, 0, 0])).toBeNaN();
  });
});

describe('their distributions', () => {
  const water = parseSmiles('O');
  const at = (length: number): number[] => [0, 0, 0, length, 0, 0, 0, length, 0];

  it('gather all conformers by type, the commonest first', () => {
    const ethane = parseSmiles('CC');
    const flat = Array.from({ length: 24 }, (_, k) => k);
    const found = internalDistributions(
      [
        { molecule: water, references: [at(1), at(0.5)], generated: [at(2)] },
        { molecule: ethane, references: [flat], generated: [] },
      ],
      2,
    );
    expect(found.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      'bond C–H',
      'bond H–O',
      'angle C–C–H',
      'angle H–C–H',
    ]);
    expect(Array.from(found[1].references)).toEqual([1, 0.5, 1, 0.5]);
    expect(Array.from(found[1].generated)).toEqual([2, 2]);
  });

  it('leave out what has no value', () => {
    const [, angle] = internalDistributions([{ molecule: water, references: [at(0)], generated: [at(1)] }], 1);
    expect([angle.references.length, angle.generated.length]).toEqual([0, 1]);
  });
});
