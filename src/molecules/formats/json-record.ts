import { show } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { Bonds } from '../molecule.js';
import type { MoleculeRecord } from './molecule-record.js';
import { integersOf, isCount, listOf, objectOf, positionsOf } from './record-values.js';

/** The keys that may hold energies, in kcal/mol; the first that has one for every conformer counts. */
const ENERGIES = ['rel_kcal', 'rel_dlpno', 'rel_b3lyp_svp', 'rel_gfn2'];

/**
 * A line of an ensemble file: `smiles`, `Z`, `bonds` [[i, j, order]], `coords` [conformer][atom][x, y, z], and where
 * they are known `name`, `rel_kcal`, `boltzmann`, `method`.
 *
 * @throws UserError for a line that is cut short or says something else
 */
export function parseJsonRecord(text: string): MoleculeRecord {
  const record = objectOf(parseJson(text), 'the line');
  const { smiles, name, Z, bonds, method, error } = record;
  if (typeof error === 'string') throw new UserError(`the file says that there are no conformers: ${error}`);
  if (typeof smiles !== 'string' || smiles === '') throw new UserError(`smiles must be text, not ${show(smiles)}`);
  const atomicNumbers = Uint8Array.from(integersOf(Z, 'Z', 1, 118));
  if (atomicNumbers.length === 0) throw new UserError('Z is empty: the molecule has no atoms');
  const conformers = listOf(record.coords, 'coords').map((rows, i) => {
    return positionsOf(listOf(rows, `coords[${i}]`), `coords[${i}]`, atomicNumbers.length);
  });
  if (conformers.length === 0) throw new UserError('coords is empty: the molecule has no conformers');
  const energies = readEnergies(record, conformers.length);
  const weights = readWeights(record.boltzmann, conformers.length);
  return {
    name: typeof name === 'string' ? name : '',
    smiles,
    atomicNumbers,
    ...(bonds !== undefined && { bonds: readBonds(bonds, atomicNumbers.length) }),
    conformers,
    ...(energies && { energies }),
    ...(weights && { weights }),
    ...(typeof method === 'string' && { method }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`the line is not valid JSON, or is truncated: ${show(text.slice(0, 40))}`);
  }
}

function readBonds(value: unknown, atoms: number): Pick<Bonds, 'begin' | 'end'> {
  const pairs = listOf(value, 'bonds').map((bond, i): [number, number] => {
    const [a, b] = Array.isArray(bond) ? bond : [];
    if (isCount(a) && isCount(b) && a < atoms && b < atoms && a !== b) return a < b ? [a, b] : [b, a];
    throw new UserError(
      `bonds[${i}] must be [atom, other atom, order], atoms from 0 to ${atoms - 1}, not ${show(bond)}`,
    );
  });
  pairs.sort(([a, b], [c, d]) => a - c || b - d);
  return { begin: Int32Array.from(pairs, ([begin]) => begin), end: Int32Array.from(pairs, ([, end]) => end) };
}

function readEnergies(record: Readonly<Record<string, unknown>>, count: number): number[] | undefined {
  for (const key of ENERGIES) {
    const values = record[key];
    if (values === undefined || values === null) continue;
    const energies = listOf(values, key);
    if (energies.length !== count) throw new UserError(`${key} has ${energies.length} numbers for ${count} conformers`);
    const numbers = energies.filter((energy) => typeof energy === 'number' && Number.isFinite(energy));
    if (numbers.length === count) return numbers.map(Number);
  }
  return undefined;
}

function readWeights(value: unknown, count: number): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const weights = listOf(value, 'boltzmann').map((weight) => (typeof weight === 'number' ? weight : Number.NaN));
  const isGood = weights.length === count && weights.every((weight) => weight >= 0 && weight < Infinity);
  if (isGood && weights.some((weight) => weight > 0)) return weights;
  throw new UserError(`boltzmann must be ${count} weights of 0 or more, one per conformer, not ${show(value)}`);
}
