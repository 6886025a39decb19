import { jsonLines } from '../../molecules/formats/json-lines.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Ensemble } from '../dataset/ensemble.js';

/** How names of files of such lines end, plain and packed. */
export const ensembleEndings: readonly string[] = [jsonLines.endings[0], `${jsonLines.endings[0]}.gz`];

/** What a line says of where it is from. */
export interface LineOrigin {
  /** The SMILES that the molecule was given by, in its canonical form. */
  readonly source: string;
  /** The program, and what else the numbers depend on. */
  readonly program: string;
  readonly settings: string;
}

/** RDKit's codes of bonds as orders. */
const ORDERS: Readonly<Record<number, number>> = { 12: 1.5 };

/**
 * An ensemble as a line of JSON, without its end: `smiles`, `source`, `Z`, `charges`, `bonds` [[i, j, 1 | 1.5 | 2 | 3]],
 * `coords` [conformer][atom][x, y, z] in ångström, `rel_kcal`, `boltzmann`, `method`.
 */
export function ensembleLine({ molecule, conformers, energies, weights, level }: Ensemble, origin: LineOrigin): string {
  const { begin, end, type } = molecule.bonds;
  return JSON.stringify({
    smiles: molecule.smiles,
    ...described(origin, molecule),
    Z: [...molecule.atomicNumbers],
    charges: [...molecule.charges],
    bonds: Array.from(begin, (i, k) => [i, end[k], ORDERS[type[k]] ?? type[k]]),
    coords: conformers.map(rowsOf),
    ...(energies && { rel_kcal: Array.from(energies, (energy) => rounded(energy, 4)) }),
    ...(weights && { boltzmann: Array.from(weights, (weight) => rounded(weight, 5)) }),
    method: level,
  });
}

/** A molecule that has no ensemble, and why. */
export const failureLine = (molecule: Molecule, reason: string, origin: LineOrigin): string =>
  JSON.stringify({ smiles: molecule.smiles, ...described(origin, molecule), error: reason });

const described = ({ source, program, settings }: LineOrigin, { name }: Molecule): object => ({
  source,
  ...(name !== '' && { name }),
  made_by: program,
  settings,
});

function rowsOf(positions: Float32Array): number[][] {
  return Array.from({ length: positions.length / 3 }, (_, atom) =>
    [0, 1, 2].map((axis) => rounded(positions[3 * atom + axis], 4)),
  );
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
