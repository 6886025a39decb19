import { show } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import type { Bonds, Molecule } from '../molecules/molecule.js';
import { boltzmannWeights } from './boltzmann.js';
import type { Ensemble, TheoryLevel } from './ensemble.js';

/** What a line of an ensemble file says, its atoms in the order of the file; centres and stereo bonds are not told. */
export function parseEnsembleLine(text: string, level?: TheoryLevel): Ensemble {
  const record = parseObject(text);
  if (typeof record.error === 'string') throw new UserError(`the file says that it could not be made: ${record.error}`);
  const molecule = readMolecule(record);
  const conformers = readConformers(record.coords, molecule.atomicNumbers.length);
  const energies = readEnergies(record, conformers.length);
  const weights = readWeights(record.boltzmann, conformers.length) ?? (energies && boltzmannWeights(energies));
  return {
    molecule,
    conformers,
    ...(energies && { energies }),
    ...(weights && { weights }),
    level: level ?? levelOf(record.method),
  };
}

/** The level that the text `method` names, `GFN2-xTB` or `mmff94s` for instance. */
export function levelOf(method: unknown): TheoryLevel {
  const name = typeof method === 'string' ? method.toLowerCase() : '';
  if (name.includes('gfn2')) return 'gfn2';
  if (/dft|b3lyp|wb97|pbe/.test(name)) return 'dft';
  return name.includes('mmff94s') ? 'mmff94s' : 'unknown';
}

/** RDKit's codes of the orders that the files have. */
const BOND_TYPES: ReadonlyMap<unknown, number> = new Map([
  [1, 1],
  [2, 2],
  [3, 3],
  [1.5, 12],
]);

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`the line is no JSON, or is cut short: ${show(text.slice(0, 40))}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`the line must be a JSON object with smiles, Z, bonds and coords, not ${show(value)}`);
  }
  return { ...value };
}

function readMolecule({ smiles, name, Z, charges, bonds }: Record<string, unknown>): Molecule {
  if (typeof smiles !== 'string' || smiles === '') throw new UserError(`smiles must be text, not ${show(smiles)}`);
  const atomicNumbers = Uint8Array.from(integers(Z, 'Z', 1, 118));
  const count = atomicNumbers.length;
  if (count === 0) throw new UserError('Z is empty: the molecule has no atoms');
  const formal = charges === undefined ? Array.from(atomicNumbers, () => 0) : integers(charges, 'charges', -8, 8);
  if (formal.length !== count) throw new UserError(`charges has ${formal.length} numbers, Z has ${count}`);
  return {
    name: typeof name === 'string' ? name : '',
    smiles,
    atomicNumbers,
    charges: Int8Array.from(formal),
    bonds: readBonds(bonds, count),
    centres: [],
    stereoBonds: [],
  };
}

function readBonds(value: unknown, atoms: number): Bonds {
  const seen = new Set<number>();
  const rows = list(value, 'bonds').map((bond, i): [number, number, number] => {
    const [a, b, order] = Array.isArray(bond) ? bond : [];
    const type = BOND_TYPES.get(order);
    const isAtom = (atom: unknown): atom is number =>
      Number.isInteger(atom) && Number(atom) >= 0 && Number(atom) < atoms;
    if (!isAtom(a) || !isAtom(b) || a === b || type === undefined) {
      throw new UserError(`bonds[${i}] must be [atom, other atom, 1 | 1.5 | 2 | 3], not ${show(bond)}`);
    }
    const [begin, end] = a < b ? [a, b] : [b, a];
    if (seen.has(begin * atoms + end)) throw new UserError(`bonds[${i}] is there twice: ${show(bond)}`);
    seen.add(begin * atoms + end);
    return [begin, end, type];
  });
  rows.sort(([a, b], [c, d]) => a - c || b - d);
  return {
    begin: Int32Array.from(rows, ([begin]) => begin),
    end: Int32Array.from(rows, ([, end]) => end),
    type: Uint8Array.from(rows, ([, , type]) => type),
  };
}

function readConformers(value: unknown, atoms: number): Float32Array[] {
  const conformers = list(value, 'coords');
  if (conformers.length === 0) throw new UserError('coords is empty: the molecule has no conformers');
  return conformers.map((rows, c) => {
    if (!Array.isArray(rows) || rows.length !== atoms) {
      const found = Array.isArray(rows) ? `${rows.length} rows` : show(rows);
      throw new UserError(`coords[${c}] must have ${atoms} rows, one an atom, not ${found}`);
    }
    return readPositions(rows, `coords[${c}]`);
  });
}

/** Rows of x, y, z one after the other. */
function readPositions(rows: readonly unknown[], where: string): Float32Array {
  const positions = new Float32Array(rows.length * 3);
  rows.forEach((row, atom) => {
    const isRow = Array.isArray(row) && row.length === 3 && row.every((x) => Number.isFinite(x) && Math.abs(x) < 1e6);
    if (!isRow) throw new UserError(`${where}[${atom}] must be three finite numbers in ångström, not ${show(row)}`);
    positions.set(row, atom * 3);
  });
  return positions;
}

/** Energies over the lowest one, from the first key that has one for every conformer. */
function readEnergies(record: Record<string, unknown>, count: number): Float32Array | undefined {
  for (const key of ['rel_kcal', 'rel_dlpno', 'rel_b3lyp_svp', 'rel_gfn2']) {
    const values = record[key];
    if (values === undefined || values === null) continue;
    const energies = list(values, key);
    if (energies.length !== count) throw new UserError(`${key} has ${energies.length} numbers for ${count} conformers`);
    if (!energies.every((energy) => typeof energy === 'number' && Number.isFinite(energy))) continue;
    const lowest = energies.reduce(
      (least: number, energy) => Math.min(least, Number(energy)),
      Number.POSITIVE_INFINITY,
    );
    return Float32Array.from(energies, (energy) => Number(energy) - lowest);
  }
  return undefined;
}

function readWeights(value: unknown, count: number): Float32Array | undefined {
  if (value === undefined || value === null) return undefined;
  const weights = list(value, 'boltzmann').map(Number);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length !== count || !(total > 0) || !weights.every((weight) => weight >= 0)) {
    throw new UserError(`boltzmann must be ${count} weights of 0 or more, one a conformer, not ${show(value)}`);
  }
  return Float32Array.from(weights, (weight) => weight / total);
}

function integers(value: unknown, what: string, min: number, max: number): number[] {
  return list(value, what).map((item, i) => {
    if (typeof item === 'number' && Number.isInteger(item) && item >= min && item <= max) return item;
    throw new UserError(`${what}[${i}] must be a whole number from ${min} to ${max}, not ${show(item)}`);
  });
}

function list(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new UserError(`${what} must be a list, not ${show(value)}`);
}
