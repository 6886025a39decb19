import { requireOneOf } from '../../common/checks.js';

/** Of CODATA 2018 (Tiesinga et al. 2021): exact by the definition of the SI, but for the last three. */
const ELEMENTARY_CHARGE = 1.602176634e-19; // C
const BOLTZMANN = 1.380649e-23; // J/K
const AVOGADRO = 6.02214076e23; // 1/mol
const ATOMIC_MASS = 1.6605390666e-27; // kg
const HARTREE = 4.3597447222071e-18; // J
const BOHR = 5.29177210903e-11; // m
/** The thermochemical calorie, exact. */
const CALORIE = 4.184; // J
const FEMTOSECOND = 1e-15; // s

const JOULES = {
  eV: ELEMENTARY_CHARGE,
  'kcal/mol': (1000 * CALORIE) / AVOGADRO,
  'kJ/mol': 1000 / AVOGADRO,
  hartree: HARTREE,
} as const;

const METRES = { Å: 1e-10, bohr: BOHR, nm: 1e-9 } as const;

/** A unit of energy by its name. */
export type EnergyUnit = keyof typeof JOULES;
/** A unit of length by its name. */
export type LengthUnit = keyof typeof METRES;

/** Every {@link EnergyUnit}. */
export const energyUnits: readonly EnergyUnit[] = ['eV', 'kcal/mol', 'kJ/mol', 'hartree'];
/** Every {@link LengthUnit}. */
export const lengthUnits: readonly LengthUnit[] = ['Å', 'bohr', 'nm'];

/**
 * What energies and positions are counted in. Masses are in unified atomic mass units, times in fs, temperatures in K,
 * velocities in the unit of length per fs.
 */
export interface MotionUnits {
  readonly energy: EnergyUnit;
  readonly length: LengthUnit;
}

/** @throws UserError for names that are not those of units */
export const requireUnits = ({
  energy,
  length,
}: {
  readonly energy: string;
  readonly length: string;
}): MotionUnits => ({
  energy: requireOneOf(energy, energyUnits, 'the unit of energy'),
  length: requireOneOf(length, lengthUnits, 'the unit of length'),
});

/** Boltzmann's constant in the unit of energy per K. */
export const boltzmannConstant = ({ energy }: MotionUnits): number => BOLTZMANN / JOULES[energy];

/**
 * The acceleration, in the unit of length per fs², of one atomic mass unit under a force of one unit of energy per unit
 * of length. As many of them as there are units of energy are m v²: kinetic energies are divided by it.
 */
export function unitAcceleration({ energy, length }: MotionUnits): number {
  return (JOULES[energy] / ATOMIC_MASS / METRES[length] ** 2) * FEMTOSECOND ** 2;
}

/** A length in ångström, in another unit. */
export const fromAngstrom = (angstrom: number, { length }: MotionUnits): number =>
  (angstrom * METRES.Å) / METRES[length];

/** A force in eV/Å, in the unit of energy per unit of length. */
export const fromElectronVoltPerAngstrom = (force: number, { energy, length }: MotionUnits): number =>
  ((force * JOULES.eV) / JOULES[energy]) * (METRES[length] / METRES.Å);
