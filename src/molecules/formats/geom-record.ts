import { show } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { MoleculeRecord } from './molecule-record.js';
import { integersOf, listOf, objectOf, positionsOf } from './record-values.js';

/** kcal/mol in a hartree. */
const HARTREE = 627.5094740631;

/**
 * An entry of GEOM's `qm9_crude.msgpack` and `drugs_crude.msgpack` (Axelrod and Gómez-Bombarelli 2022): conformers
 * with rows [Z, x, y, z], `relativeenergy` in kcal/mol or `totalenergy` in hartree, `boltzmannweight`. Bonds are not
 * told. The method is GFN2-xTB.
 *
 * @throws UserError where something is missing or of another kind
 */
export function parseGeomEntry(smiles: unknown, entry: unknown): MoleculeRecord {
  if (typeof smiles !== 'string' || smiles === '') throw new UserError(`a key must be a SMILES, not ${show(smiles)}`);
  const { conformers } = objectOf(entry, smiles);
  const found = listOf(conformers, 'conformers').map((value, i) => parseConformer(value, `conformers[${i}]`));
  if (found.length === 0) throw new UserError('conformers is empty');
  const [{ atomicNumbers }] = found;
  const other = found.findIndex((conformer) => conformer.atomicNumbers.join() !== atomicNumbers.join());
  if (other > 0) throw new UserError(`conformers[${other}] has its atoms in another order than conformers[0]`);
  const energies = inAll(found.map(({ relative }) => relative)) ?? inAll(found.map(({ total }) => total));
  const weights = inAll(found.map(({ weight }) => weight));
  return {
    name: '',
    smiles,
    atomicNumbers,
    conformers: found.map(({ positions }) => positions),
    ...(energies && { energies }),
    ...(weights?.some((weight) => weight > 0) && { weights }),
    method: 'GFN2-xTB',
  };
}

interface GeomConformer {
  readonly atomicNumbers: Uint8Array;
  readonly positions: Float32Array;
  /** kcal/mol over the lowest one, and over the atoms' electrons. */
  readonly relative: number | undefined;
  readonly total: number | undefined;
  readonly weight: number | undefined;
}

function parseConformer(value: unknown, where: string): GeomConformer {
  const { xyz, relativeenergy, totalenergy, boltzmannweight } = objectOf(value, where);
  const rows = listOf(xyz, `${where}.xyz`).map((row, i) => listOf(row, `${where}.xyz[${i}]`));
  const elements = rows.map(([element]) => element);
  return {
    atomicNumbers: Uint8Array.from(integersOf(elements, `the elements of ${where}.xyz`, 1, 118)),
    positions: positionsOf(
      rows.map((row) => row.slice(1)),
      `${where}.xyz`,
      rows.length,
    ),
    relative: finite(relativeenergy),
    total: finite(totalenergy, HARTREE),
    weight: finite(boltzmannweight),
  };
}

const finite = (value: unknown, unit = 1): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value * unit : undefined;

/** The values, if there is one for every conformer. */
function inAll(values: readonly (number | undefined)[]): number[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}
