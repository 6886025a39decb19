import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/common/config.js';
import { UserError } from '../../src/common/errors.js';
import type { Geometry } from '../../src/fit/data/geometry.js';
import { geometrySet } from '../../src/fit/data/geometry-builder.js';
import { namedQuantities, type TargetsConfig, targetsSchema } from '../../src/fit/quantity-config.js';
import { resolveTargets } from '../../src/fit/resolve-targets.js';

const none = Number.NaN;
const geometry = (line: number, change: Partial<Geometry> = {}): Geometry => ({
  species: ['H', 'H'],
  positions: [0, 0, 0, 1, 0, 0],
  ofNodes: {
    forces: { width: 3, data: [1, 2, 3, 4, 5, 6] },
    charge: { width: 1, data: [1, -1] },
    shift: { width: 1, data: [1, 2] },
  },
  ofGraphs: {
    energy: [-1],
    dipole: [1, 2, 3],
    REF_gap: [1],
    odd: [1, 2],
    empty: [none],
    mixed: new Array(line).fill(1),
  },
  texts: { kind: 'a' },
  source: { file: 'a.xyz', line },
  ...change,
});
const set = geometrySet([geometry(1), geometry(5)]);
const resolve = (config: TargetsConfig | string[]) => resolveTargets(config, set);

describe('targets', () => {
  it('of conventional names need no more than their names', () => {
    expect(resolve(['energy', 'forces', 'dipole'])).toEqual([
      {
        ...{ name: 'energy', column: 'energy', of: 'graph', order: 0, symmetry: 'none', extensive: true, unit: 'eV' },
        ...{ moment: false, widthInFiles: 1, voigt: false },
      },
      {
        ...{ name: 'forces', column: 'forces', of: 'node', order: 1, symmetry: 'none', extensive: false },
        ...{ unit: 'eV/Å', gradientOf: 'energy', moment: false, widthInFiles: 3, voigt: false },
      },
      {
        ...{ name: 'dipole', column: 'dipole', of: 'graph', order: 1, symmetry: 'none', extensive: true },
        ...{ unit: 'e·Å', moment: true, widthInFiles: 3, voigt: false },
      },
    ]);
  });

  it('are found under other names', () => {
    const [gap, charges] = resolve(namedQuantities([' gap = REF_gap', 'charges']));
    expect([gap.column, charges.column]).toEqual(['REF_gap', 'charge']);
  });

  it('of other names are declared', () => {
    const [shift] = resolve({ nmr: { column: 'shift', of: 'node', order: 0, unit: 'ppm' } });
    expect(shift).toMatchObject({ name: 'nmr', column: 'shift', of: 'node', order: 0, unit: 'ppm' });
    const [vectors] = resolve({ forces: { gradientOf: null } });
    expect(vectors.gradientOf).toBeUndefined();
  });

  it('take nothing from the convention where they are of another kind', () => {
    const [mean] = resolve({ energy: { of: 'node', order: 0, column: 'shift' } });
    expect(mean).toMatchObject({ of: 'node', extensive: false });
    expect(resolve({ energy: { extensive: false } })[0].extensive).toBe(false);
    expect(resolve({ dipole: { extensive: false } })[0]).toMatchObject({ extensive: false, moment: false });
  });

  it('have the units that the configuration or the files say; of gradients they follow', () => {
    const units = (config: TargetsConfig, said: Record<string, string> = {}) =>
      resolveTargets(config, geometrySet([geometry(1, { units: said })])).map(({ unit }) => unit);
    expect(units({ energy: { unit: 'hartree' }, forces: {} })).toEqual(['hartree', 'hartree/Å']);
    expect(units({ energy: {}, forces: {} }, { energy: 'kcal/mol' })).toEqual(['kcal/mol', 'kcal/mol/Å']);
    expect(units({ energy: {}, forces: { unit: 'eV / Ang' } })).toEqual(['eV', 'eV/Å']);
    expect(() => units({ energy: {}, forces: { unit: 'hartree/bohr' } })).toThrow(
      'forces is in hartree/bohr, but minus the gradient of energy in eV by positions in Å is in eV/Å; convert one of them',
    );
    expect(() => units({ energy: { unit: 'eV' } }, { energy: 'kcal/mol' })).toThrow(
      'energy is declared to be in eV, but is in kcal/mol in the files; convert it there',
    );
    expect(units({ ...namedQuantities(['energy [kcal/mol]', 'forces']) })).toEqual(['kcal/mol', 'kcal/mol/Å']);
    const bohr = resolveTargets(['energy', 'forces'], set, { length: 'bohr' });
    expect(bohr[1].unit).toBe('eV/bohr');
  });

  it.each<[TargetsConfig | string[], string]>([
    [
      [],
      'there is nothing to learn: no target is named; the files have energy, dipole, forces, charge (known by name), ' +
        'and REF_gap, odd, empty, shift (to be declared in a configuration); give data.targets',
    ],
    [['dipol'], 'did you mean "dipole"? There is no target called dipol'],
    [['shift'], 'the target shift has no conventional name; declare its of, order, unit too'],
    [{ dipol: { unit: 'D' } }, 'the target dipol has no conventional name; declare its of, order too'],
    [['energy forces'], 'say which column it is; names are separated by commas'],
    [{ nmr: { of: 'node', order: 0 } }, 'the target nmr has no conventional name; declare its unit too'],
    [
      { a: { of: 'graph', order: 0, unit: 'x', column: 'enrgy' } },
      'the target a (column enrgy) is not in the files (did you mean "energy"?); of whole geometries they have energy, dipole',
    ],
    [['gap'], 'the target gap is not in the files (did you mean "REF_gap"?); of whole geometries they have'],
    [['magmoms'], 'the target magmoms is not in the files; of atoms they have forces, charge, shift'],
    [
      { energy: { column: 'shift' } },
      'the target energy (column shift) is declared to be of whole geometries, but the files have it of atoms',
    ],
    [{ energy: { column: 'kind' } }, 'the target energy (column kind) is text in the files, no numbers'],
    [{ energy: { column: 'odd' } }, 'the target energy (column odd) has 2 numbers a geometry in a.xyz:1, not 1'],
    [
      { stress: { column: 'dipole' } },
      'the target stress (column dipole) has 3 numbers a geometry in a.xyz:1, not 9 (or 6)',
    ],
    [
      { forces: { column: 'shift', gradientOf: null } },
      'the target forces (column shift) has 1 number an atom in a.xyz:1, not 3',
    ],
    [{ energy: { column: 'mixed' } }, 'cannot be used: mixed has 1 number in a.xyz:1, 5 numbers in a.xyz:5'],
    [{ energy: { column: 'empty' } }, 'the target energy (column empty) is missing in every geometry'],
    [['forces'], 'forces is minus the gradient of energy, which is no target; add it, or set gradientOf to null'],
    [{ energy: {}, forces: { gradientOf: 'enrgy' } }, 'which is no target (did you mean "energy"?)'],
    [{ dipole: {}, forces: { gradientOf: 'dipole' } }, 'which is no scalar of whole geometries'],
    [
      { energy: {}, dipole: { gradientOf: 'energy' } },
      'the target dipole is a gradient, so that it must be a vector of',
    ],
    [{ dipole: { symmetry: 'symmetric' } }, 'the target dipole of order 1 is not symmetric'],
    [{ charges: { moment: true } }, 'the target charges is a moment, so that it must be an extensive vector or matrix'],
    [{ charges: { extensive: true } }, 'the target charges is of atoms, so that it is neither sum nor mean of theirs'],
    [{ dipole: { voigt: true } }, 'the target dipole is not symmetric, so that voigt says nothing'],
    [{ 'a b': { of: 'graph', order: 0, unit: 'x' } }, '"a b" can name no target; take letters, digits, _ and -'],
  ])('that make no sense are refused: %j', (config, message) => {
    expect(() => resolve(config)).toThrow(UserError);
    expect(() => resolve(config)).toThrow(message);
  });

  it('have a schema that names the nearest setting', () => {
    expect(checkConfig(targetsSchema, { energy: {}, x: { order: 3, symmetry: 'none' } })).toBeTruthy();
    expect(() => checkConfig(targetsSchema, { energy: { simmetry: 'none' } })).toThrow(
      'there is no setting "energy.simmetry" (did you mean "symmetry"?)',
    );
    expect(() => checkConfig(targetsSchema, { energy: { order: -1 } })).toThrow('energy.order is -1');
  });
});
