import { describe, expect, it } from 'vitest';
import {
  boltzmannConstant,
  energyUnits,
  fromAngstrom,
  fromElectronVoltPerAngstrom,
  lengthUnits,
  type MotionUnits,
  requireUnits,
  unitAcceleration,
} from '../../../src/fit/motion/units.js';

const units = (energy: MotionUnits['energy'], length: MotionUnits['length'] = 'Å'): MotionUnits => ({ energy, length });
/** To so many digits. */
const near = (value: number, expected: number, relative = 1e-9) =>
  expect(Math.abs(value / expected - 1)).toBeLessThan(relative);

describe('units', () => {
  it('have the Boltzmann constants that tables give', () => {
    // CODATA 2018 in eV/K and hartree/K; the gas constant in kJ/mol/K; that in kcal/mol/K.
    near(boltzmannConstant(units('eV')), 8.617333262e-5);
    near(boltzmannConstant(units('hartree')), 3.166811563e-6);
    near(boltzmannConstant(units('kJ/mol')), 8.31446261815324e-3);
    near(boltzmannConstant(units('kcal/mol')), 8.31446261815324e-3 / 4.184);
  });

  it('accelerate as other programs say', () => {
    // GROMACS: 1 kJ/mol/nm on 1 u is 1 nm/ps². ASE: its unit of time, Å √(u/eV), is 10.1805 fs.
    near(unitAcceleration(units('kJ/mol', 'nm')), 1e-6, 1e-8);
    near(unitAcceleration(units('eV')), 1 / 10.180505710759414 ** 2, 1e-8);
    // In atomic units: a hartree accelerates an electron's mass by 1 bohr per (0.02418884 fs)².
    near(unitAcceleration(units('hartree', 'bohr')), 5.48579909065e-4 / 2.4188843265857e-2 ** 2, 1e-8);
  });

  it('are converted', () => {
    near(fromAngstrom(1, units('eV', 'bohr')), 1 / 0.529177210903);
    near(fromAngstrom(5, units('eV', 'nm')), 0.5);
    near(fromElectronVoltPerAngstrom(1, units('kcal/mol')), 23.060547830619);
    near(fromElectronVoltPerAngstrom(1, units('hartree', 'bohr')), 0.529177210903 / 27.211386245988);
  });

  it('are known by their names alone', () => {
    for (const energy of energyUnits)
      for (const length of lengthUnits) expect(requireUnits({ energy, length })).toEqual({ energy, length });
    expect(() => requireUnits({ energy: 'ev', length: 'Å' })).toThrow(
      'the unit of energy must be one of eV, kcal/mol, kJ/mol, hartree, not "ev"',
    );
    expect(() => requireUnits({ energy: 'eV', length: 'angstrom' })).toThrow('the unit of length must be one of');
  });
});
